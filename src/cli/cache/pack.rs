//! Values by key in a few files: what the cache keeps, without a word on what it means.
//!
//! A run that has something to add writes a file of its own, whole or not at all, so that runs beside each other lose nothing and
//! never read half a file. When the files grow many, the next one takes over what is still of use in the small ones, or in all. A file
//! that is damaged is as good as none.
//!
//! ```text
//! file:   value…  row…  check of the rows (8 bytes)  count of the rows (8 bytes)
//! row:    key (16)  offset (8)  length (4)  check of the value (8)  day of the last use (4)
//! ```

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// How a value is asked for.
pub type Key = u128;

const ROW: usize = 40;
const TAIL: usize = 16;

/// With so many files, the next one takes over the others: those that are smaller than a part of the largest, where they are most
/// of them, so that a large one is not written anew for a few small ones.
const FILES: usize = 8;
const PART: u64 = 8;
/// Days after which a value is written anew when it is used, so that its file shows that it still is.
const RENEWED_AFTER: u32 = 7;
/// Days after which a value that nobody used is dropped.
const DROPPED_AFTER: u32 = 30;
/// What all files may take on disk, and what one of them may.
const MAX_BYTES: u64 = 2 << 30;
const MAX_FILE: u64 = 1 << 30;

/// The ending of a file of values, and of one that is not whole yet.
const ENDING: &str = "pack";
const TEMPORARY: &str = "pack-tmp";

/// The values of one edition in a folder.
pub struct Pack {
    folder: PathBuf,
    /// Only values that were written under the same edition are seen.
    edition: String,
    files: Vec<Opened>,
    places: HashMap<Key, Place>,
    today: u32,
}

/// A file of values.
struct Opened {
    path: PathBuf,
    size: u64,
    file: Mutex<File>,
}

/// Where a value stands.
struct Place {
    file: usize,
    row: Row,
    /// It was asked for in this run.
    used: AtomicBool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    key: Key,
    offset: u64,
    length: u32,
    check: u64,
    day: u32,
}

impl Pack {
    /// Opens a folder; what is not there, or cannot be read, is as good as empty.
    pub fn open(folder: &Path, edition: String) -> Self {
        let mut pack =
            Self { folder: folder.to_owned(), edition, files: Vec::new(), places: HashMap::new(), today: day_of(SystemTime::now()) };
        let own = format!("{}-", pack.edition);
        let mut files = files(folder);
        files.retain(|file| file.ending == ENDING && file.name().starts_with(&own));
        // The later file has the last word.
        files.sort_by(|a, b| (a.modified, &a.path).cmp(&(b.modified, &b.path)));
        for Found { path, size, .. } in files {
            let Ok(mut file) = File::open(&path) else { continue };
            match rows(&mut file) {
                Some(rows) => {
                    let index = pack.files.len();
                    let places = rows.into_iter().map(|row| (row.key, Place { file: index, row, used: AtomicBool::new(false) }));
                    pack.places.extend(places);
                    pack.files.push(Opened { path, size, file: Mutex::new(file) });
                }
                None => drop(fs::remove_file(&path)),
            }
        }
        pack
    }

    /// A value, where it is kept and whole.
    pub fn get(&self, key: Key) -> Option<Vec<u8>> {
        let place = self.places.get(&key)?;
        let value = self.value(place)?;
        place.used.store(true, Ordering::Relaxed);
        Some(value)
    }

    fn value(&self, place: &Place) -> Option<Vec<u8>> {
        let mut value = vec![0; place.row.length as usize];
        let mut file = self.files[place.file].file.lock().ok()?;
        file.seek(SeekFrom::Start(place.row.offset)).ok()?;
        file.read_exact(&mut value).ok()?;
        drop(file);
        (xxh3_64(&value) == place.row.check).then_some(value)
    }

    /// Ends a run: keeps what was added, and what is still of use.
    ///
    /// # Errors
    /// The folder cannot be written; what was there before is there still.
    pub fn close(mut self, additions: Option<Additions>) -> io::Result<()> {
        let worn = self.places.values().any(|place| self.is_worn(place));
        let mut additions = match additions {
            Some(additions) => additions,
            None if worn => Additions::create(&self.folder)?,
            None => return Ok(()),
        };
        let over = self.to_take_over();
        let new: HashSet<Key> = additions.rows.iter().map(|row| row.key).collect();
        let mut kept: Vec<&Place> = self.places.values().filter(|place| !new.contains(&place.row.key)).collect();
        kept.retain(|place| self.is_worn(place) || over.contains(&place.file) && place.row.day + DROPPED_AFTER >= self.today);
        kept.sort_by_key(|place| (place.file, place.row.offset));
        for place in kept {
            let day = if place.used.load(Ordering::Relaxed) { self.today } else { place.row.day };
            if let Some(value) = self.value(place) {
                additions.put_of_day(place.row.key, &value, day)?;
            }
        }
        additions.finish(&self.folder, &self.edition)?;
        let files = std::mem::take(&mut self.files).into_iter().enumerate().filter(|(index, _)| over.contains(index));
        for (_, Opened { path, file, .. }) in files {
            drop(file);
            let _ = fs::remove_file(path);
        }
        tidy(&self.folder);
        Ok(())
    }

    /// The files that the next one makes needless.
    fn to_take_over(&self) -> HashSet<usize> {
        let largest = self.files.iter().map(|file| file.size).max().unwrap_or(0);
        let is_small = |index: &usize| self.files[*index].size < largest / PART;
        let all = || 0..self.files.len();
        match all().filter(is_small).count() {
            _ if self.files.len() < FILES => HashSet::new(),
            small if small > FILES / 2 => all().filter(is_small).collect(),
            _ => all().collect(),
        }
    }

    /// Whether a value was used, and not for some time before.
    fn is_worn(&self, place: &Place) -> bool {
        place.used.load(Ordering::Relaxed) && place.row.day + RENEWED_AFTER < self.today
    }

    /// A place for what this run adds.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn additions(&self) -> io::Result<Additions> {
        Additions::create(&self.folder)
    }
}

/// What a run adds, in a file that is not whole yet.
pub struct Additions {
    path: PathBuf,
    writer: BufWriter<File>,
    rows: Vec<Row>,
    length: u64,
    today: u32,
}

impl Additions {
    fn create(folder: &Path) -> io::Result<Self> {
        create_folder(folder)?;
        let path = folder.join(format!("{}.{TEMPORARY}", unique()));
        let writer = BufWriter::with_capacity(1 << 18, File::create_new(&path)?);
        Ok(Self { path, writer, rows: Vec::new(), length: 0, today: day_of(SystemTime::now()) })
    }

    /// Adds a value; when there is too much of it, nothing more is kept.
    pub fn put(&mut self, key: Key, value: &[u8]) -> io::Result<()> {
        self.put_of_day(key, value, self.today)
    }

    fn put_of_day(&mut self, key: Key, value: &[u8], day: u32) -> io::Result<()> {
        let Ok(length) = u32::try_from(value.len()) else { return Ok(()) };
        if self.length + u64::from(length) > MAX_FILE {
            return Ok(());
        }
        self.writer.write_all(value)?;
        self.rows.push(Row { key, offset: self.length, length, check: xxh3_64(value), day });
        self.length += u64::from(length);
        Ok(())
    }

    fn finish(mut self, folder: &Path, edition: &str) -> io::Result<()> {
        let rows: Vec<u8> = self.rows.iter().flat_map(|row| row.bytes()).collect();
        self.writer.write_all(&rows)?;
        self.writer.write_all(&xxh3_64(&rows).to_le_bytes())?;
        self.writer.write_all(&(self.rows.len() as u64).to_le_bytes())?;
        self.writer.flush()?;
        fs::rename(&self.path, folder.join(format!("{edition}-{}.{ENDING}", unique())))
    }
}

/// A file that never became whole is taken away; one that did has another name by now.
impl Drop for Additions {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Row {
    fn bytes(self) -> [u8; ROW] {
        let mut bytes = [0; ROW];
        bytes[..16].copy_from_slice(&self.key.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.offset.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.length.to_le_bytes());
        bytes[28..36].copy_from_slice(&self.check.to_le_bytes());
        bytes[36..].copy_from_slice(&self.day.to_le_bytes());
        bytes
    }

    fn of(bytes: &[u8; ROW]) -> Self {
        Self {
            key: u128::from_le_bytes(part(bytes, 0)),
            offset: u64::from_le_bytes(part(bytes, 16)),
            length: u32::from_le_bytes(part(bytes, 24)),
            check: u64::from_le_bytes(part(bytes, 28)),
            day: u32::from_le_bytes(part(bytes, 36)),
        }
    }
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    std::array::from_fn(|i| bytes[at + i])
}

/// The rows of a file; `None` where it is damaged.
fn rows(file: &mut File) -> Option<Vec<Row>> {
    let size = file.metadata().ok()?.len();
    let end = size.checked_sub(TAIL as u64)?;
    let mut tail = [0; TAIL];
    file.seek(SeekFrom::Start(end)).ok()?;
    file.read_exact(&mut tail).ok()?;
    let (check, count) = (u64::from_le_bytes(part(&tail, 0)), u64::from_le_bytes(part(&tail, 8)));
    let length = count.checked_mul(ROW as u64).filter(|length| *length <= end)?;
    let mut bytes = vec![0; length as usize];
    file.seek(SeekFrom::Start(end - length)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    let rows: Vec<Row> = bytes.as_chunks::<ROW>().0.iter().map(Row::of).collect();
    let values = end - length;
    let is_sound = |row: &Row| row.offset.checked_add(row.length.into()).is_some_and(|end| end <= values);
    (xxh3_64(&bytes) == check && rows.iter().all(is_sound)).then_some(rows)
}

/// A file of the cache.
struct Found {
    path: PathBuf,
    ending: &'static str,
    modified: SystemTime,
    size: u64,
}

impl Found {
    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// The files in a folder that are ours.
fn files(folder: &Path) -> Vec<Found> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let found = |entry: fs::DirEntry| {
        let path = entry.path();
        let ending = [ENDING, TEMPORARY].into_iter().find(|ending| path.extension().is_some_and(|own| own == *ending))?;
        let meta = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some(Found { ending, modified: meta.modified().ok()?, size: meta.len(), path })
    };
    entries.filter_map(found).collect()
}

/// Takes away what nobody used for long, what was never ended, and the oldest where all together is too large.
fn tidy(folder: &Path) {
    let mut files = files(folder);
    files.sort_by_key(|file| std::cmp::Reverse(file.modified));
    let mut total = 0;
    for file in files {
        let age = SystemTime::now().duration_since(file.modified).unwrap_or_default();
        let days = if file.ending == ENDING { DROPPED_AFTER + RENEWED_AFTER } else { 1 };
        total += file.size;
        if age > Duration::from_secs(u64::from(days) * 86_400) || total > MAX_BYTES {
            let _ = fs::remove_file(file.path);
        }
    }
}

/// Takes all files of a cache away, and the folder where nothing else is in it; gives their number and size.
pub fn clear(folder: &Path) -> io::Result<(usize, u64)> {
    let files = files(folder);
    for file in &files {
        fs::remove_file(&file.path)?;
    }
    let _ = fs::remove_file(folder.join(TAG)).and_then(|()| fs::remove_dir(folder));
    Ok((files.len(), files.iter().map(|file| file.size).sum()))
}

/// Tells programs that make backups that they may leave the folder out: <https://bford.info/cachedir/>.
const TAG: &str = "CACHEDIR.TAG";

/// What articles say is nobody's business but the user's.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    fs::write(
        folder.join(TAG),
        "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds results of medproof; `medproof clean` empties it.\n",
    )
}

fn day_of(time: SystemTime) -> u32 {
    (time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400) as u32
}

/// A name that no other run takes.
fn unique() -> String {
    let nanos = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("{:032x}", xxh3_128(&[nanos.to_le_bytes(), u128::from(std::process::id()).to_le_bytes()].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("medproof-pack-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn add(folder: &Path, values: &[(Key, &str)]) {
        let pack = Pack::open(folder, "µ".into());
        let mut additions = pack.additions().unwrap();
        values.iter().for_each(|(key, value)| additions.put(*key, value.as_bytes()).unwrap());
        pack.close(Some(additions)).unwrap();
    }

    fn get(folder: &Path, key: Key) -> Option<String> {
        Pack::open(folder, "µ".into()).get(key).map(|value| String::from_utf8(value).unwrap())
    }

    #[test]
    fn values_are_kept_by_key_and_edition() {
        let folder = folder("kept");
        assert_eq!(get(&folder, 1), None);
        add(&folder, &[(1, "one"), (2, "µ")]);
        add(&folder, &[(1, "another")]);
        assert_eq!((get(&folder, 1).as_deref(), get(&folder, 2).as_deref(), get(&folder, 3)), (Some("another"), Some("µ"), None));
        assert!(Pack::open(&folder, "other".into()).get(1).is_none());
        assert_eq!(clear(&folder).unwrap().0, 2);
        assert!(!folder.exists());
    }

    #[test]
    fn many_files_become_one() {
        let folder = folder("many");
        for i in 0..20 {
            add(&folder, &[(i, &format!("value {i}"))]);
        }
        assert!(files(&folder).len() <= FILES + 1);
        for i in 0..20 {
            assert_eq!(get(&folder, i), Some(format!("value {i}")));
        }
        clear(&folder).unwrap();
    }

    #[test]
    fn a_large_file_is_not_written_anew_for_small_ones() {
        let folder = folder("large");
        add(&folder, &[(100, &"µ".repeat(10_000))]);
        let large = files(&folder)[0].path.clone();
        for i in 0..20 {
            add(&folder, &[(i, &format!("value {i}"))]);
        }
        assert!(large.exists() && files(&folder).len() <= FILES + 1);
        assert_eq!((get(&folder, 3).as_deref(), get(&folder, 100).map(|value| value.len())), (Some("value 3"), Some(20_000)));
        clear(&folder).unwrap();
    }

    #[test]
    fn damage_is_not_read() {
        let folder = folder("damage");
        add(&folder, &[(1, "one"), (2, "two")]);
        let path = files(&folder)[0].path.clone();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x40;
            fs::write(&path, &bytes).unwrap();
            for (key, value) in [(1, "one"), (2, "two")] {
                assert!(get(&folder, key).is_none_or(|read| read == value), "byte {at}");
            }
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(get(&folder, 1), None, "cut at {at}");
        }
        clear(&folder).unwrap();
    }
}
