browse-title = Browse the cards
browse-lead = Everything the commons holds, by axis of resilience, topic, intention and territory.
browse-begin = Be guided in five questions
browse-search = Search
browse-axes = By axis of resilience
