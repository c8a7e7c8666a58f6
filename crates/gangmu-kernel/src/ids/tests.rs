use super::*;

#[test]
fn an_id_reads_back_from_its_text() {
    for id in [ClauseId(0), ClauseId(17), ClauseId(i64::MAX), ClauseId(-1)] {
        assert_eq!(id.to_string().parse(), Ok(id));
    }
    assert_eq!(ClauseId(17).to_string(), "clause_17");
}

#[test]
fn an_id_of_another_kind_is_refused() {
    let bad = BadId { expected: "clause", got: "edition_17".to_owned() };
    assert_eq!("edition_17".parse::<ClauseId>(), Err(bad));
    for text in ["", "clause", "clause_", "clause_x", "clause17", "clause_99999999999999999999"] {
        assert!(text.parse::<ClauseId>().is_err(), "{text}");
    }
}

#[test]
fn an_id_is_a_plain_number_in_json() {
    assert_eq!(serde_json::to_string(&PlanId(3)).unwrap(), "3");
    assert_eq!(serde_json::from_str::<PlanId>("3").unwrap(), PlanId(3));
}
