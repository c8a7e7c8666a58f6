use super::*;

/// A language of one sign a phrase.
fn spoken(text: &str) -> String {
    let say = |key: &str, fields: &[(&str, String)]| {
        let word = key.strip_prefix("formula-say-").unwrap();
        let parts: Vec<&str> =
            fields.iter().map(|(_, value)| value.as_str()).filter(|value| *value != "none").collect();
        match word {
            "comma" => "、".to_owned(),
            "bracket" => format!("（{}）", parts[0]),
            word => format!("<{word} {}>", parts.join(" ")),
        }
    };
    outline(text).unwrap().spoken(&say)
}

#[test]
fn phrases_stand_within_phrases() {
    assert_eq!(spoken("round(a / b, 2)"), "<round <divide a b> 2>");
    assert_eq!(spoken("(a + b) * 500 万元"), "<multiply （<add a b>） 500 万元>");
    assert_eq!(spoken("a - (b - c)"), "<subtract a （<subtract b c>）>");
    assert_eq!(spoken("sum(towns.gdp where done)"), "<sum <where done <field towns gdp>>>");
    assert_eq!(spoken("max(a, b, c)"), "<max a、b、c>");
    assert_eq!(spoken("if y then a else today"), "<if y a <today >>");
    assert_eq!(outline("a +"), None);
}

#[test]
fn every_phrase_has_a_key_of_its_own() {
    let keys = keys();
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    assert_eq!(distinct.len(), keys.len());
}
