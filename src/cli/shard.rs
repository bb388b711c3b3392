//! Shares of a set of files, for machines that check it together.

use std::str::FromStr;

use xxhash_rust::xxh3::xxh3_64;

/// One of so many shares: a file belongs to exactly one of them, on every machine to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    index: u64,
    count: u64,
}

impl Shard {
    /// Whether a file is in this share, by its path.
    pub fn holds(self, path: &str) -> bool {
        let path = path.replace('\\', "/");
        xxh3_64(path.trim_start_matches("./").as_bytes()) % self.count == self.index - 1
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match numbers {
            Some((index, count)) if 1 <= index && index <= count => Ok(Self { index, count }),
            _ => Err("a share is written as I/N, from 1/N to N/N, such as 2/8"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_in_one_share_on_every_system() {
        let shards: Vec<Shard> = (1..=7).map(|index| format!("{index}/7").parse().unwrap()).collect();
        for i in 0..500 {
            let (slashed, other) = (format!("content/µ/{i}.md"), format!(".\\content\\µ\\{i}.md"));
            let holders: Vec<bool> = shards.iter().map(|shard| shard.holds(&slashed)).collect();
            assert_eq!(holders.iter().filter(|holds| **holds).count(), 1);
            assert_eq!(holders, shards.iter().map(|shard| shard.holds(&other)).collect::<Vec<_>>());
        }
        // Another version must not deal the files anew while some machines still have this one.
        assert!("2/3".parse::<Shard>().unwrap().holds("content/a.md"));
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for text in ["", "3", "0/3", "4/3", "1/0", "-1/3", "µ/3", "1/3/5"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
