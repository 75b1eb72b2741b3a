begin-title = Where to begin?
begin-lead = Five questions, all optional. In return: a pathway, three methods, and what a commune like yours went through.
begin-question-audience = Who are you?
begin-question-population = Your commune has…
begin-hint-population = To find an experience from a commune of the same size.
begin-question-stage = Where do you stand?
begin-question-people = How many people do you expect to bring together?
begin-question-duration = How much time do you have?
begin-hint-duration = For the method itself, without its preparation.
begin-question-topic = Which everyday subject is on your mind?
begin-any = any
begin-do = Suggest a starting point
begin-again = Change your answers
begin-said = You said:
begin-pathway = A pathway
begin-methods = { $count ->
    [0] Methods
    [one] One method
    [2] Two methods
    [3] Three methods
   *[other] { $count } methods
}
begin-experience = Elsewhere, they did it
begin-because = Because you said: { $answers }
begin-because-nothing = The one most often chosen to begin with, whatever your answers
begin-elsewhere = No commune of this size has told its experience here yet; this is the nearest.
begin-no-pathway = No pathway has been written yet.
begin-no-methods = No method has been written yet.
begin-no-experience = Nobody has told their experience yet.
begin-compare = Compare them in a table
begin-search = See every method that suits
begin-print = Print
begin-share = The address of this page keeps your answers, and nothing else:
