//! Who reviewed what is published, for which organisation.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use terreau_card::CardId;
use terreau_community::{AccountId, Verdict};

use super::{Column, Entity, MOST_NAMED};
use crate::entity::{proposal, review};
use crate::error::fault;
use crate::{Db, DbError};

/// How many reviews are looked at, the newest first.
const MOST_REVIEWS: u64 = 2_000;

/// A card that came from a proposal which somebody approved for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedFor {
    /// Who reviewed it.
    pub reviewer: AccountId,
    /// The organisation, as it was called then.
    pub organisation: String,
    /// The place in the history where it was published.
    pub seq: i64,
    /// The card.
    pub card: CardId,
}

impl Db {
    /// Returns the cards that were published after somebody approved, for an organisation, the very revision that was published:
    /// the last published first, of the newest reviews. What somebody said last of a proposal is what they say of it.
    pub async fn reviewed_for_organisations(&self) -> Result<Vec<ReviewedFor>, DbError> {
        let heads = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::Head)
            .into_query();
        let reviews = review::Entity::find()
            .filter(review::Column::Organisation.is_not_null())
            .filter(review::Column::RevokedAt.is_null())
            .filter(review::Column::Head.in_subquery(heads))
            .order_by_desc(review::Column::Id)
            .limit(MOST_REVIEWS)
            .all(&self.read)
            .await
            .map_err(fault)?;
        let mut said = HashSet::new();
        let mut approved: HashMap<i64, Vec<(AccountId, String)>> = HashMap::new();
        for row in reviews {
            let is_last = said.insert((row.number, row.reviewer));
            if let Some(organisation) = row.organisation
                && is_last
                && row.verdict == Verdict::Approve.as_str()
            {
                let of = approved.entry(row.number).or_default();
                of.push((AccountId::new(row.reviewer), organisation));
            }
        }
        let numbers: Vec<i64> = approved.keys().copied().collect();
        let mut reviewed = Vec::new();
        for numbers in numbers.chunks(MOST_NAMED) {
            let rows: Vec<(i64, uuid::Uuid, i64)> = Entity::find()
                .select_only()
                .columns([Column::Seq, Column::Card, Column::Proposal])
                .filter(Column::Proposal.is_in(numbers.iter().copied()))
                .into_tuple()
                .all(&self.read)
                .await
                .map_err(fault)?;
            for (seq, card, number) in rows {
                let by = approved.get(&number).into_iter().flatten();
                reviewed.extend(by.map(|(reviewer, organisation)| ReviewedFor {
                    reviewer: *reviewer,
                    organisation: organisation.clone(),
                    seq,
                    card: CardId(card),
                }));
            }
        }
        reviewed.sort_by_key(|one| std::cmp::Reverse(one.seq));
        Ok(reviewed)
    }
}
