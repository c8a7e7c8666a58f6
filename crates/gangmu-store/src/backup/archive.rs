//! The file of a backup (备份文件): a zip package whose comment is a seal over every byte before it.
//!
//! Any program that reads zip shows what is inside. The comment is `gangmu.backup/1 sha256 ` with the SHA-256, in
//! hexadecimal digits, of all bytes of the file before the two that count the comment's length; so a byte that was
//! altered anywhere is found before anything else is done, and a file that was cut off has no comment.

use super::{
    FORMAT, Manifest, is_blob_name,
    plain::hex,
    refused::{Refused, Stopped},
};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The member with the manifest.
pub const MANIFEST: &str = "manifest.json";

/// What the seal begins with.
const SEAL: &str = "gangmu.backup/1 sha256 ";

/// The bytes of a seal.
const SEAL_LENGTH: u16 = 87;

/// The member of an attachment.
pub fn blob_member(blob: &str) -> String {
    format!("blobs/{blob}")
}

/// A file being written.
pub struct Writer<F: Write + Seek>(ZipWriter<F>);

impl<F: Read + Write + Seek> Writer<F> {
    /// Into an empty file.
    pub fn new(file: F) -> Self {
        Self(ZipWriter::new(file))
    }

    /// Begins a member; `squeeze` says whether it is worth compressing.
    pub fn member(&mut self, name: &str, squeeze: bool) -> io::Result<Member<'_, F>> {
        let method = if squeeze { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.0.start_file(name, options)?;
        Ok(Member { zip: &mut self.0, sha: Sha256::new(), bytes: 0 })
    }

    /// Takes back the member that was written last.
    pub fn abort(&mut self) -> io::Result<()> {
        Ok(self.0.abort_file()?)
    }

    /// Writes the manifest and the seal; the SHA-256 of the seal's bytes, and the file.
    pub fn seal(mut self, manifest: &Manifest) -> io::Result<(String, F)> {
        let text = serde_json::to_string_pretty(manifest)?;
        self.member(MANIFEST, true)?.write_all(text.as_bytes())?;
        let mut file = self.0.finish()?;
        let seal = seal(&mut file)?;
        Ok((seal, file))
    }
}

/// Writes the seal behind a finished zip package that has no comment.
pub fn seal<F: Read + Write + Seek>(file: &mut F) -> io::Result<String> {
    let end = file.seek(SeekFrom::End(-2))?;
    let digest = digest_of(file, end)?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(&SEAL_LENGTH.to_le_bytes())?;
    file.write_all(format!("{SEAL}{digest}").as_bytes())?;
    file.flush()?;
    Ok(digest)
}

fn digest_of<F: Read + Seek>(file: &mut F, end: u64) -> io::Result<String> {
    file.seek(SeekFrom::Start(0))?;
    let mut sha = Sha256::new();
    let mut rest = file.take(end);
    let mut chunk = vec![0; 1 << 16];
    loop {
        match rest.read(&mut chunk)? {
            0 => return Ok(hex(&sha.finalize())),
            count => sha.update(&chunk[..count]),
        }
    }
}

/// A member being written.
pub struct Member<'w, F: Write + Seek> {
    zip: &'w mut ZipWriter<F>,
    sha: Sha256,
    bytes: u64,
}

impl<F: Write + Seek> Member<'_, F> {
    /// Its SHA-256 and its length.
    pub fn done(self) -> (String, u64) {
        (hex(&self.sha.finalize()), self.bytes)
    }
}

impl<F: Write + Seek> Write for Member<'_, F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.zip.write_all(bytes)?;
        self.sha.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// A file being read, whose seal was found whole.
pub struct Archive<F: Read + Seek> {
    zip: ZipArchive<F>,
    seal: String,
}

impl<F: Read + Seek> Archive<F> {
    /// Opens a file and tests its seal over every byte.
    pub fn open(mut file: F) -> Result<Self, Stopped> {
        let mut start = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        (&mut file).take(4).read_to_end(&mut start)?;
        if !b"PK\x03\x04".starts_with(&start) || start.is_empty() {
            return Err(Refused::NotABackup {}.into());
        }
        let length = file.seek(SeekFrom::End(0))?;
        let Some(end) = length.checked_sub(u64::from(SEAL_LENGTH) + 2) else { return Err(Refused::CutOff {}.into()) };
        file.seek(SeekFrom::Start(end))?;
        let mut tail = Vec::new();
        (&mut file).take(u64::from(SEAL_LENGTH) + 2).read_to_end(&mut tail)?;
        let text = String::from_utf8_lossy(&tail[2..]).into_owned();
        let Some(seal) = text.strip_prefix(SEAL) else { return Err(unsealed(&text).into()) };
        if tail[..2] != SEAL_LENGTH.to_le_bytes() || digest_of(&mut file, end)? != seal {
            return Err(Refused::Altered {}.into());
        }
        let zip = ZipArchive::new(file).map_err(|_| Refused::Altered {})?;
        Ok(Self { zip, seal: seal.to_owned() })
    }

    /// The SHA-256 of the seal.
    pub fn seal(&self) -> &str {
        &self.seal
    }

    /// The names of all members.
    pub fn members(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
    }

    /// The names of the attachments, in order.
    pub fn blobs(&self) -> Vec<String> {
        let members = self.members();
        let mut blobs: Vec<String> =
            members.iter().filter_map(|m| m.strip_prefix("blobs/")).map(str::to_owned).collect();
        blobs.retain(|blob| is_blob_name(blob));
        blobs.sort();
        blobs
    }

    /// The bytes of a member.
    pub fn member(&mut self, name: &str) -> Result<impl Read + use<'_, F>, Stopped> {
        self.zip.by_name(name).map_err(|_| Refused::Missing { member: name.to_owned() }.into())
    }

    /// Gives each line of a member to the closure, its line feed with it.
    pub fn lines<E: From<Stopped>>(
        &mut self,
        name: &str,
        mut take: impl FnMut(&str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut lines = self.open_lines(name)?;
        while let Some(line) = lines.next_line()? {
            take(line)?;
        }
        Ok(())
    }

    /// The lines of a member, to be asked for one by one.
    pub fn open_lines(&mut self, name: &str) -> Result<Lines<impl BufRead + use<'_, F>>, Stopped> {
        let member = name.to_owned();
        Ok(Lines { from: BufReader::with_capacity(1 << 16, self.member(name)?), member, line: Vec::new() })
    }
}

/// Lines of a member.
pub struct Lines<B> {
    from: B,
    member: String,
    line: Vec<u8>,
}

impl<B: BufRead> Lines<B> {
    /// The next line with its line feed; none at the end.
    pub fn next_line(&mut self) -> Result<Option<&str>, Stopped> {
        self.line.clear();
        let altered = || Refused::Checksum { member: self.member.clone() };
        if self.from.read_until(b'\n', &mut self.line).map_err(|_| altered())? == 0 {
            return Ok(None);
        }
        Ok(Some(std::str::from_utf8(&self.line).map_err(|_| altered())?))
    }
}

/// The end of the file is no seal of this form: of a later form, or cut off.
fn unsealed(tail: &str) -> Refused {
    let (family, _) = FORMAT.split_once('/').unwrap_or((FORMAT, ""));
    let form = tail.rfind(&format!("{family}/")).and_then(|at| tail[at..].split(' ').next());
    match form {
        Some(form) if form != FORMAT => Refused::UnknownForm { form: form.to_owned() },
        _ => Refused::CutOff {},
    }
}
