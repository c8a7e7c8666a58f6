//! What is whole, and entries that were dropped, put in, reordered or signed by somebody else.

use crate::made::{canonical, export, found, found_with, head, line, lines, seal, sha, shown};
use ed25519_dalek::{Signer, SigningKey};
use gangmu_verifier::{Asked, Break, What, checkpoint};

fn broken(line: u64, entry: impl Into<Option<u64>>, what: What) -> Break {
    Break { line, entry: entry.into(), what }
}

#[test]
fn an_export_that_was_left_alone_is_whole() {
    let key = seal().verifying_key().to_bytes();
    let verified = found(export(100).concat()).unwrap();
    assert_eq!((verified.first, verified.entries, verified.key), (1, 100, key));
    assert_eq!(found(export(0).concat()).unwrap().entries, 0);
    let asked = Asked { key: Some(key), known: vec![(100, verified.last)], ..Asked::default() };
    assert_eq!(found_with(export(100).concat(), &asked).unwrap(), verified);
    // A later part of the same chain, and the head that stands before it.
    let canonicals: Vec<String> = (101..=110).map(canonical).collect();
    let (mut part, last) = lines((100, verified.last), &canonicals);
    part.push(head(&part, 10, &last));
    assert_eq!(found_with(part.concat(), &asked).unwrap().first, 101);
}

#[test]
fn a_dropped_line_is_missed_where_it_stood() {
    let whole = export(20);
    for dropped in 1..=20 {
        let mut lines = whole.clone();
        lines.remove(dropped);
        let at = dropped as u64;
        let what = if at < 20 { What::Sequence(at + 1) } else { What::Count(20) };
        assert_eq!(found(lines.concat()).unwrap_err(), broken(at + 1, at, what));
    }
    assert_eq!(found(whole[..21].concat()).unwrap_err(), broken(22, 21, What::NoHead));
    assert_eq!(found(whole[1..].concat()).unwrap_err(), broken(1, None, What::Form));
    assert_eq!(found("").unwrap_err(), broken(1, None, What::Form));
}

#[test]
fn an_inserted_or_repeated_or_exchanged_line_is_found_where_it_stands() {
    let whole = export(20);
    for at in 1..20_usize {
        let mut swapped = whole.clone();
        swapped.swap(at, at + 1);
        let number = at as u64;
        assert_eq!(found(swapped.concat()).unwrap_err(), broken(number + 1, number, What::Sequence(number + 1)));
        let mut repeated = whole.clone();
        repeated.insert(at + 1, whole[at].clone());
        assert_eq!(found(repeated.concat()).unwrap_err(), broken(number + 2, number + 1, What::Sequence(number)));
        // A forged entry that carries the right number, and a hash that follows from what stands before it.
        let before: [u8; 32] = gangmu_verifier::hex(&whole[at][..64]).unwrap();
        let forged = canonical(number + 1).replace("林知行", "张知行");
        let mut inserted = whole.clone();
        inserted.insert(at + 1, line(&sha(&[&before, forged.as_bytes()]), &forged));
        assert_eq!(found(inserted.concat()).unwrap_err(), broken(number + 3, number + 2, What::Sequence(number + 1)));
        inserted.remove(at + 2);
        let end = if at < 19 { broken(number + 3, number + 2, What::Altered) } else { broken(22, 21, What::Count(20)) };
        assert_eq!(found(inserted.concat()).unwrap_err(), end);
    }
}

#[test]
fn a_tail_that_was_cut_with_its_head_moved_is_found_by_signature_or_by_a_head_kept_outside() {
    let whole = export(20);
    let kept = found(whole.concat()).unwrap().last;
    // Without the key: the figures of the head are those of the shorter file, the signature can't be.
    let cut = whole[..11].to_vec();
    let short = found(export(10).concat()).unwrap();
    let mut words: Vec<String> = whole[21].split(' ').map(str::to_owned).collect();
    words[2] = "10".into();
    words[4] = shown(&short.last);
    words[6] = shown(&sha(&[cut.concat().as_bytes()]));
    let forged = [cut, vec![words.join(" ")]].concat();
    assert_eq!(found(forged.concat()).unwrap_err(), broken(12, None, What::Signature));
    // With the key: whole as such, and not against what was kept.
    let asked = Asked { known: vec![(20, kept)], ..Asked::default() };
    assert!(found(export(10).concat()).is_ok());
    assert_eq!(found_with(export(10).concat(), &asked).unwrap_err(), broken(12, 11, What::Known));
    let other = Asked { known: vec![(5, [9; 32])], ..Asked::default() };
    assert_eq!(found_with(export(10).concat(), &other).unwrap_err(), broken(6, 5, What::Known));
}

#[test]
fn another_signer_is_noticed_by_who_knows_the_key() {
    let stranger = SigningKey::from_bytes(&[9; 32]);
    let mut lines = export(3);
    let own = shown(&seal().verifying_key().to_bytes());
    let words = lines[4].replace(&own, &shown(&stranger.verifying_key().to_bytes()));
    let words = words.split(" signature ").next().unwrap();
    lines[4] = format!("{words} signature {}\n", shown(&stranger.sign(words.as_bytes()).to_bytes()));
    assert!(found(lines.concat()).is_ok(), "who knows no key can't tell");
    let asked = Asked { key: Some(seal().verifying_key().to_bytes()), ..Asked::default() };
    assert_eq!(found_with(lines.concat(), &asked).unwrap_err(), broken(5, None, What::Signer));
}

#[test]
fn there_is_one_way_only_to_write_an_export() {
    let whole = export(2).concat();
    let followed = [whole.clone(), "\n".into()].concat();
    assert_eq!(found(followed).unwrap_err(), broken(5, None, What::Form));
    for (from, to) in [("from 1 ", "from 01 "), ("from 1 ", "from +1 "), ("from 1 ", "from  1 "), ("\n", "\r\n")] {
        assert_eq!(found(whole.replacen(from, to, 1)).unwrap_err(), broken(1, None, What::Form), "{to:?}");
    }
    // An escape that means the same byte is still another file.
    let escaped = whole.replacen("\\\\ 1", "\\x5c 1", 1);
    assert_eq!(found(escaped).unwrap_err(), broken(2, 1, What::Form));
}

#[test]
fn a_line_of_a_checkpoint_file_holds_for_its_signer() {
    let words = format!(
        "checkpoint 12 {} at 1719709200000000 key {}",
        shown(&[5; 32]),
        shown(&seal().verifying_key().to_bytes())
    );
    let line = format!("{words} signature {}", shown(&seal().sign(words.as_bytes()).to_bytes()));
    assert_eq!(checkpoint(&line).unwrap(), ((12, [5; 32]), seal().verifying_key().to_bytes()));
    for at in 0..line.len() {
        let mut bytes = line.clone().into_bytes();
        bytes[at] ^= 1;
        assert_eq!(checkpoint(&String::from_utf8(bytes).unwrap()), None, "byte {at}");
    }
}

#[test]
fn the_verifier_is_small_enough_to_be_read_in_one_sitting() {
    let sources =
        [include_str!("../../src/lib.rs"), include_str!("../../src/main.rs"), include_str!("../../src/proof.rs")];
    let code = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with("//");
    let lines = sources.iter().flat_map(|source| source.lines()).filter(code).count();
    assert!(lines <= 300, "{lines} lines of code");
    assert!(!include_str!("../../Cargo.toml").contains("gangmu-kernel"));
}
