//! Any flipped byte is found, in the line where it stands.

use crate::made::{export, found};
use gangmu_verifier::What;

/// The line of each byte.
fn places(lines: &[String]) -> Vec<u64> {
    (1..).zip(lines).flat_map(|(number, line)| vec![number; line.len()]).collect()
}

#[track_caller]
fn is_found(bytes: &mut [u8], places: &[u64], at: usize, flip: u8) {
    bytes[at] ^= flip;
    let broken = found(&*bytes).expect_err("a flipped byte is found");
    bytes[at] ^= flip;
    assert_eq!(broken.line, places[at], "byte {at} flipped by {flip:02x}: {broken:?}");
    if (2..places[places.len() - 1]).contains(&broken.line) {
        assert_eq!(broken.entry, Some(broken.line - 1), "byte {at} flipped by {flip:02x}");
    }
}

#[test]
fn every_byte_of_a_hundred_entries_is_covered() {
    let lines = export(100);
    let (places, mut bytes) = (places(&lines), lines.concat().into_bytes());
    assert_eq!(found(&bytes).unwrap().entries, 100);
    for at in 0..bytes.len() {
        // Each bit in turn: that of upper and lower case among them.
        is_found(&mut bytes, &places, at, 1 << (at % 8));
    }
    // Every bit of the first line, of an entry and of the head.
    let ranges =
        [&lines[0], &lines[50], &lines[101]].map(|line| lines.concat().find(line.as_str()).unwrap()..).map(|r| r.start);
    for (start, line) in ranges.into_iter().zip([&lines[0], &lines[50], &lines[101]]) {
        for at in start..start + line.len() {
            (0..8).for_each(|bit| is_found(&mut bytes, &places, at, 1 << bit));
        }
    }
}

#[test]
fn random_flips_of_a_thousand_entries_are_found() {
    let lines = export(1000);
    let (places, mut bytes) = (places(&lines), lines.concat().into_bytes());
    let flips = if std::env::var_os("GANGMU_TEST_FULL").is_some() { 20_000 } else { FLIPS };
    // SplitMix64, so that every run flips the same bytes.
    let mut state = 20_260_630_u64;
    let mut random = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    for _ in 0..flips {
        let (at, flip) = ((random() % bytes.len() as u64) as usize, random() as u8 | 1 << (random() % 8));
        is_found(&mut bytes, &places, at, flip);
    }
}

/// Flips in the ordinary tests.
const FLIPS: u32 = 4000;

#[test]
fn a_cut_anywhere_is_found() {
    let whole = export(3).concat().into_bytes();
    for length in 0..whole.len() {
        let broken = found(&whole[..length]).unwrap_err();
        assert!([What::Form, What::NoHead].contains(&broken.what), "{length}: {broken:?}");
    }
}
