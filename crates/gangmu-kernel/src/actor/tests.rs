use super::*;

#[test]
fn an_actor_acts_for_its_own_organisation_only() {
    let actor = Actor { account: AccountId(1), name: "林知行".to_owned(), organisation: Some(OrganisationId(7)) };
    assert!(actor.acts_for(OrganisationId(7)));
    assert!(!actor.acts_for(OrganisationId(8)));
    assert!(!Actor { organisation: None, ..actor }.acts_for(OrganisationId(7)));
}
