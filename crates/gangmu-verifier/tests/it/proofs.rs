//! A value is proved against its entry, and any other is not.

use crate::made::{canonical, found_with, head, lines, sha, shown};
use gangmu_verifier::{Asked, Break, Hash, Proof, Verified, What};

fn inner(left: &Hash, right: &Hash) -> Hash {
    sha(&[&[1], left, right])
}

/// Root of the digests, and the lines that lead there from that place.
fn tree(digests: &[Hash], place: usize) -> (Hash, String) {
    let mut level: Vec<Hash> = digests.iter().map(|digest| sha(&[&[0], digest])).collect();
    let (mut at, mut way) = (place, String::new());
    while level.len() > 1 {
        if let Some(beside) = level.get(at ^ 1) {
            way += &format!("{} {}\n", if at % 2 == 0 { "right" } else { "left" }, shown(beside));
        }
        level = level.chunks(2).map(|pair| pair.get(1).map_or(pair[0], |right| inner(&pair[0], right))).collect();
        at /= 2;
    }
    (level[0], way)
}

/// An export of three entries, the second one of many rows with that root, the third salted.
fn export(count: usize, root: &Hash, salted: &Hash) -> String {
    let field = |name: &str, value: &str| format!("{name} {}\n{value}\n", value.len());
    let many = field("row_count", &count.to_string()) + &field("root", &shown(root));
    let third = canonical(3).replace(&shown(&[3; 32]), &shown(salted));
    let canonicals = [canonical(1), canonical(2) + &many, third];
    let (mut lines, last) = lines((0, [0; 32]), &canonicals);
    lines.push(head(&lines, 3, &last));
    lines.concat()
}

fn proved(export: &str, proof: &str) -> Result<Verified, Break> {
    let proof = Some(Proof::read(proof).expect("the proof is in the form"));
    found_with(export, &Asked { proof, ..Asked::default() })
}

#[test]
fn every_row_of_many_is_proved_and_no_other() {
    for count in 1..18 {
        let values: Vec<String> = (0..count).map(|n| format!("{{\"number\":{n}}}")).collect();
        let digests: Vec<Hash> = values.iter().map(|value| sha(&[value.as_bytes()])).collect();
        for place in 0..count {
            let (root, way) = tree(&digests, place);
            let export = export(count, &root, &[0; 32]);
            let about = format!("gangmu.proof/1\nentry 2\nof row {place} of {count}\n");
            let by_value = format!("{about}{} {}\n{way}", shown(&[0; 32]), values[place]);
            let by_digest = format!("{about}digest {}\n{way}", shown(&digests[place]));
            assert!(proved(&export, &by_value).is_ok(), "{by_value}");
            assert!(proved(&export, &by_digest).is_ok(), "{by_digest}");
            let refused = [
                by_value.replace("\"number\"", "\"nummer\""),
                by_value.replace("entry 2", "entry 1"),
                by_value.replace("entry 2", "entry 4"),
                by_value.replace(&format!("of {count}\n"), &format!("of {}\n", count + 1)),
                by_value.replace(&format!("row {place} "), &format!("row {} ", place + 1)),
                format!("{by_value}left {}\n", shown(&[1; 32])),
                by_value.replace(&format!("of row {place} of {count}"), "of after"),
            ];
            for wrong in refused {
                assert_eq!(proved(&export, &wrong).unwrap_err().what, What::Proof, "{wrong}");
            }
        }
    }
}

#[test]
fn a_salted_value_is_proved_with_its_salt_only() {
    let (salt, value) = ([6; 32], "{\"name\":\"林知行\"}");
    let digest = sha(&[&salt, value.as_bytes()]);
    let export = export(1, &[0; 32], &digest);
    let proof = format!("gangmu.proof/1\nentry 3\nof after\n{} {value}\n", shown(&salt));
    assert!(proved(&export, &proof).is_ok());
    let broken = proved(&export, &proof.replace("of after", "of before")).unwrap_err();
    assert_eq!(broken, Break { line: 4, entry: Some(3), what: What::Proof });
    assert!(proved(&export, &proof.replace(&shown(&salt), &shown(&[0; 32]))).is_err());
    assert!(proved(&export, &proof.replace('林', "张")).is_err());
    for form in ["", "gangmu.proof/2\n", "gangmu.proof/1\nentry 3\nof after\n", &proof[..proof.len() - 1]] {
        assert!(Proof::read(form).is_none(), "{form:?}");
    }
}
