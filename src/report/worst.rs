//! The worst findings of a run, as many as an output may show.

use std::collections::BTreeMap;

use super::Remark;
use crate::diagnostic::Severity;

/// What is shown first has the higher rank.
pub type Rank = (Severity, bool);

/// The rank of a finding: the worst first, and of one severity what a change brings in.
pub fn rank(remark: &Remark) -> Rank {
    (remark.severity, remark.is_new == Some(true))
}

/// Keeps the highest ranks, and of one rank what came first, and never more of them than there is room for.
#[derive(Debug)]
pub struct Worst<T> {
    room: usize,
    filled: usize,
    /// What is kept by rank, each with the room it takes.
    kept: BTreeMap<Rank, Vec<(usize, T)>>,
    /// How many had to go.
    pub left_out: usize,
}

impl<T> Worst<T> {
    pub fn new(room: usize) -> Self {
        Self { room, filled: 0, kept: BTreeMap::new(), left_out: 0 }
    }

    /// Takes what is made only if there is room for it or for one of a lower rank.
    pub fn take(&mut self, rank: Rank, make: impl FnOnce() -> T) {
        let lowest = self.kept.keys().next().is_none_or(|&lowest| rank <= lowest);
        if self.filled >= self.room && lowest {
            self.left_out += 1;
        } else {
            self.take_sized(rank, 1, make());
        }
    }

    /// Takes something that needs more room than one.
    pub fn take_sized(&mut self, rank: Rank, size: usize, one: T) {
        if size > self.room {
            self.left_out += 1;
            return;
        }
        self.kept.entry(rank).or_default().push((size, one));
        self.filled += size;
        while self.filled > self.room
            && let Some(mut lowest) = self.kept.first_entry()
        {
            if let Some((size, _)) = lowest.get_mut().pop() {
                self.filled -= size;
                self.left_out += 1;
            }
            if lowest.get().is_empty() {
                lowest.remove();
            }
        }
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.values().map(Vec::len).sum()
    }

    /// What is kept, the highest rank first.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.kept.values().rev().flatten().map(|(_, one)| one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Error, Info, Warning};

    #[test]
    fn the_worst_are_kept_in_the_order_they_came() {
        let mut worst = Worst::new(3);
        for (rank, name) in [(Info, "a"), (Warning, "b"), (Info, "c"), (Error, "d"), (Info, "e"), (Warning, "f"), (Warning, "g")] {
            worst.take((rank, false), || name);
        }
        assert_eq!((worst.iter().copied().collect::<Vec<_>>(), worst.left_out), (vec!["d", "b", "f"], 4));
    }

    #[test]
    fn what_is_larger_than_the_room_takes_nothing_away() {
        let mut worst = Worst::new(10);
        worst.take_sized((Info, false), 6, "a");
        worst.take_sized((Error, false), 11, "wide");
        worst.take_sized((Warning, false), 4, "b");
        assert_eq!((worst.iter().copied().collect::<Vec<_>>(), worst.left_out), (vec!["b", "a"], 1));
        worst.take_sized((Error, false), 5, "c");
        assert_eq!((worst.iter().copied().collect::<Vec<_>>(), worst.left_out), (vec!["c", "b"], 2));
    }

    #[test]
    fn of_one_severity_what_is_new_comes_first() {
        let mut worst = Worst::new(2);
        for (rank, name) in [((Warning, false), "a"), ((Info, true), "b"), ((Warning, true), "c")] {
            worst.take(rank, || name);
        }
        assert_eq!(worst.iter().copied().collect::<Vec<_>>(), ["c", "a"]);
    }
}
