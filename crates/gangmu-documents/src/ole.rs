//! What an OLE compound file says of itself (复合文档): the names of its streams, enough to know .doc, .xls, .wps, .et.

/// The first bytes of every compound file.
pub(crate) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The names of all streams. Directory entries lie on multiples of 128 bytes, so that they are found without the
/// allocation table and also in files whose table is damaged.
pub(crate) fn stream_names(bytes: &[u8]) -> Vec<String> {
    bytes.chunks_exact(128).skip(4).filter_map(entry_name).collect()
}

/// The name, if the 128 bytes look like a directory entry.
fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
    let storage_stream_or_root = matches!(entry[66], 1 | 2 | 5);
    let color = entry[67] <= 1;
    if !storage_stream_or_root || !color || !(4..=64).contains(&length) || length % 2 != 0 {
        return None;
    }
    let units: Vec<u16> = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let (last, name) = units.split_last()?;
    if *last != 0 || name.contains(&0) {
        return None;
    }
    String::from_utf16(name).ok()
}

/// Did WPS Office write it? It leaves its name or its build number in the document properties.
pub(crate) fn made_by_wps(bytes: &[u8]) -> bool {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    ["KSOProductBuildVer", "WPS Office"]
        .iter()
        .flat_map(|hint| [hint.as_bytes().to_vec(), wide(hint)])
        .any(|hint| contains(bytes, &hint))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(needle) {
            return true;
        }
        from += at + 1;
    }
    false
}

/// The end of a chain of sectors.
const END: u32 = 0xffff_fffe;
/// Streams below this size lie in the small sectors of the root's stream.
const SMALL: usize = 4_096;

/// The bytes of the stream of that name; none where there is none or its chain is damaged.
pub(crate) fn stream(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(u32_at(bytes, 48)?, &file.table)?;
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let root = entries.first()?;
    let entry = entries.iter().find(|entry| entry_name(entry).as_deref() == Some(name))?;
    let (start, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let mut found = if size < SMALL {
        let small_table = words(&file.chain(u32_at(bytes, 60)?, &file.table)?);
        let small =
            Compound { bytes: &file.chain(u32_at(root, 116)?, &file.table)?, first: 0, shift: 6, table: vec![] };
        small.chain(start, &small_table)?
    } else {
        file.chain(start, &file.table)?
    };
    found.truncate(size);
    (found.len() == size).then_some(found)
}

/// Sectors and the table that chains them.
struct Compound<'a> {
    bytes: &'a [u8],
    /// Where sector 0 begins.
    first: usize,
    shift: u32,
    table: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u32::from(*bytes.get(30)?);
        if !bytes.starts_with(&MAGIC) || !(7..=16).contains(&shift) {
            return None;
        }
        let mut file = Self { bytes, first: 1 << shift.max(9), shift, table: vec![] };
        // The header names the first 109 sectors of the table; further ones are named by sectors of their own.
        let mut of_table = words(bytes.get(76..512)?);
        let mut more = u32_at(bytes, 68)?;
        for _ in 0..bytes.len() >> shift {
            if more >= END {
                break;
            }
            let mut named = words(file.sector(more)?);
            more = named.pop()?;
            of_table.append(&mut named);
        }
        for sector in of_table.into_iter().filter(|sector| *sector < END) {
            let part = words(file.sector(sector)?);
            file.table.extend(part);
        }
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let size = 1_usize << self.shift;
        let start = (number as usize).checked_mul(size)?.checked_add(self.first)?;
        self.bytes.get(start..start.checked_add(size)?)
    }

    /// The sectors from that one on, put together; a ring is no chain.
    fn chain(&self, start: u32, table: &[u32]) -> Option<Vec<u8>> {
        let (mut found, mut at) = (Vec::new(), start);
        while at < END {
            if found.len() > self.bytes.len() {
                return None;
            }
            found.extend_from_slice(self.sector(at)?);
            at = *table.get(at as usize)?;
        }
        Some(found)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
