use super::*;

refusals! {
    /// Why a day does not do.
    #[derive(Clone)]
    enum BadDay {
        /// It is late.
        #[error("{days} days late")]
        Late { days: u32 } = "late",
        /// It is a day of rest.
        #[error("a day of rest")]
        Rest {} = "rest",
    }
}

#[test]
fn all_reasons_are_kept_in_their_order() {
    let reasons = Reasons::of(&[BadDay::Late { days: 1 }, BadDay::Rest {}]).unwrap();
    assert_eq!(reasons.to_string(), "late days=\"1\"; rest");
    assert!(reasons.has("late") && !reasons.has("early"));
    assert_eq!(reasons.as_slice().len(), 2);
    assert_eq!(Reasons::from(BadDay::Rest {}).as_slice()[0], Reason::from(&BadDay::Rest {}));
}

#[test]
fn a_refusal_is_also_an_error_with_words_for_the_log() {
    assert_eq!(BadDay::Late { days: 2 }.to_string(), "2 days late");
    assert_eq!(BadDay::Late { days: 2 }.fields(), BTreeMap::from([("days", "2".to_owned())]));
}

#[test]
fn an_empty_list_refuses_nothing() {
    assert_eq!(Reasons::of::<BadDay>(&[]), None);
}
