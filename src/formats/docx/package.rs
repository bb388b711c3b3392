//! The ZIP of a Word file: its parts by name, within limits that no article reaches and no bomb passes.
//!
//! Nothing is ever written to disk, and only the parts asked for are unpacked, each into memory once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Cursor, Read, Write as _};

use memchr::memmem;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::source::Unreadable;

/// The most parts a package may have: a long article with a picture on every page has some hundred.
const MAX_PARTS: usize = 4_096;
/// The largest part that is unpacked, in bytes: the text of about forty thousand pages.
const MAX_PART: u64 = 192 << 20;
/// The most that is unpacked from one file, in bytes.
const MAX_TOTAL: u64 = 256 << 20;
/// How many times larger than packed a part over [`RATIO_FROM`] may be; Word's own XML shrinks 10 to 40 times.
const MAX_RATIO: u64 = 300;
/// Parts up to this size may shrink as they like, in bytes.
const RATIO_FROM: u64 = 4 << 20;

/// The first bytes of a ZIP archive; the second form is an empty one.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The first bytes of the container that Office used before 2007, and uses for encrypted files.
pub fn is_ole(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// Says what an OLE container is and what to do with it.
pub fn refuse_ole(bytes: &[u8]) -> Unreadable {
    // Names in the directory of the container are UTF-16.
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    Unreadable::NotText(if holds("EncryptedPackage") {
        "it is a Word or Office file with a password; open it, take the password off and save it again"
    } else if holds("WordDocument") {
        "it is an old Word file (.doc), whatever its name says; open it in Word and save it as .docx"
    } else {
        "it is an old Office file; save its text as .docx"
    })
}

/// A Word file opened.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Index of each part by its name in lower case: names in a package do not tell upper from lower case.
    names: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a ZIP and looks at its table of contents, without unpacking anything.
    ///
    /// # Errors
    /// [`Unreadable`] for a damaged archive, and for one that no program writes: too many parts, names twice or
    /// leading out of the package, parts that share bytes.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unreadable> {
        if declared_parts(bytes).is_some_and(|count| count > MAX_PARTS) {
            return Err(too_many_parts());
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_PARTS {
            return Err(too_many_parts());
        }
        if archive.has_duplicate_names() {
            return Err(refused("two parts have the same name"));
        }
        if archive.has_overlapping_files().map_err(damaged)? {
            return Err(refused("parts overlap"));
        }
        let mut names = HashMap::new();
        for i in 0..archive.len() {
            let part = archive.by_index_raw(i).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            if part.enclosed_name().is_none() {
                return Err(refused(&format!("the part “{}” leads out of the package", name.escape_debug())));
            }
            if names.insert(name.replace('\\', "/").to_lowercase(), i).is_some() {
                return Err(refused("two parts have the same name"));
            }
        }
        Ok(Self { archive, names, left: MAX_TOTAL })
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&name.trim_start_matches('/').to_lowercase())
    }

    /// Unpacks a part as text; `None` where there is no such part.
    ///
    /// # Errors
    /// [`Unreadable`] for a part that is damaged, encrypted or over a limit.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        self.bytes(name).map(|bytes| bytes.map(decode))
    }

    /// Unpacks a part as bytes, as [`Self::text`] does.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(&index) = self.names.get(&name.trim_start_matches('/').to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(damaged)?;
        let (size, packed) = (part.size(), part.compressed_size());
        if size > MAX_PART.min(self.left) || size > RATIO_FROM && size / packed.max(1) > MAX_RATIO {
            return Err(too_large(name));
        }
        let limit = size.min(MAX_PART);
        let mut bytes = Vec::with_capacity(size as usize);
        // A header may lie about the size: read one byte more than it says at most.
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|e| damaged(ZipError::Io(e)))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(name));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The package with parts changed or added. The others keep their order and their bytes, packed as they are.
    ///
    /// # Errors
    /// [`Unreadable`] for a part that is damaged.
    pub fn with(&mut self, parts: &BTreeMap<String, String>) -> Result<Vec<u8>, Unreadable> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let write = |zip: &mut ZipWriter<_>, name: &str, xml: &str, day: DateTime| {
            zip.start_file(name, packed.last_modified_time(day)).and_then(|()| zip.write_all(xml.as_bytes()).map_err(ZipError::Io))
        };
        let mut written = HashSet::new();
        for i in 0..self.archive.len() {
            let part = self.archive.by_index_raw(i).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            match parts.iter().find(|(changed, _)| changed.eq_ignore_ascii_case(&name)) {
                Some((changed, xml)) => {
                    written.insert(changed);
                    write(&mut zip, &name, xml, part.last_modified().unwrap_or_default()).map_err(damaged)?;
                }
                None => zip.raw_copy_file(part).map_err(damaged)?,
            }
        }
        for (name, xml) in parts.iter().filter(|(name, _)| !written.contains(name)) {
            write(&mut zip, name, xml, DateTime::default()).map_err(damaged)?;
        }
        zip.finish().map(Cursor::into_inner).map_err(damaged)
    }
}

/// What a ZIP is that holds no Word document.
pub fn refuse_other_zip(package: &Package<'_>) -> Unreadable {
    let folder = |name: &str| package.names.keys().any(|part| part.starts_with(name));
    Unreadable::NotText(if folder("xl/") {
        "it is an Excel workbook; save its text as .docx or .txt"
    } else if folder("ppt/") {
        "it is a PowerPoint presentation; save its text as .docx or .txt"
    } else if package.has("meta-inf/container.xml") {
        "it is an EPUB book; check the HTML or Word file it was made from"
    } else if package.has("content.xml") {
        "it is an OpenDocument file (.odt); save it as .docx"
    } else if folder("index/") {
        "it is a Pages document; export it as .docx"
    } else {
        "it is a ZIP archive without a Word document; unpack it and check the files in it"
    })
}

/// XML of an Office file is UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: Vec<u8>) -> String {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, length)) => encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned(),
        None => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// The number of parts that the end of the archive declares, before a table of that many is built.
fn declared_parts(bytes: &[u8]) -> Option<usize> {
    let end = memmem::rfind(bytes, b"PK\x05\x06")?;
    let count = bytes.get(end + 10..end + 12)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

fn too_many_parts() -> Unreadable {
    refused(&format!("it has more than {MAX_PARTS} parts"))
}

fn too_large(name: &str) -> Unreadable {
    refused(&format!("its part “{name}” unpacks to more than an article can hold"))
}

fn refused(why: &str) -> Unreadable {
    Unreadable::Package(format!("{why}, which Word never writes"))
}

fn damaged(error: ZipError) -> Unreadable {
    Unreadable::Package(match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "a part of it needs a password".into(),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            "it is packed in a way that Word does not use; open it in Word and save it again".into()
        }
        _ => "the ZIP archive is damaged or cut off; fetch the file again, or open it in Word and save a repaired copy".into(),
    })
}
