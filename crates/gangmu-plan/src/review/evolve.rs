//! From an event to the next state (演进): what happened happened, so this never refuses.

use super::{Commitment, Past, Review, ReviewEvent, Step};
use gangmu_kernel::ids::AccountId;

/// Moves the review on by one event of that person.
pub fn evolve(mut review: Review, by: AccountId, event: &ReviewEvent) -> Review {
    review.decisions = review.decisions.max(event.decision);
    for step in &event.steps {
        match step {
            Step::Moved { number, becomes, form, .. } => {
                if let Some(commitment) = review.commitments.get_mut(number) {
                    moved(commitment, becomes, form.as_deref().map(|f| &f.1));
                }
            }
            Step::Made { commitment } => {
                review.commitments_made = review.commitments_made.max(commitment.number);
                review.commitments.insert(commitment.number, (**commitment).clone());
            }
            // Its number is never given to another one.
            Step::Unmade { commitment } => drop(review.commitments.remove(&commitment.number)),
        }
    }
    if let Some(past) = event.undoes.and_then(|undone| review.past.get_mut(&undone)) {
        past.undone = true;
    }
    review.past.insert(event.decision, Past { by, event: event.clone(), undone: false });
    review
}

fn moved(commitment: &mut Commitment, becomes: &(super::Standing, Option<u32>), form: Option<&crate::proposal::Form>) {
    (commitment.standing, commitment.decision) = *becomes;
    if let Some(form) = form {
        commitment.form = form.clone();
    }
}
