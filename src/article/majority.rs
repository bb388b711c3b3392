//! The form that most places of an article share, by which the others are judged.

/// The commonest of some forms, with how many places have it; `None` where there is none, or where two are level.
pub fn majority<T: Copy + Ord>(forms: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    for form in forms {
        *counts.entry(form).or_insert(0) += 1;
    }
    let (form, most) = counts.iter().max_by_key(|(_, count)| **count)?;
    let level = counts.values().filter(|count| *count == most).count() > 1;
    (!level).then_some((*form, *most))
}

#[cfg(test)]
mod tests {
    use super::majority;

    #[test]
    fn commonest() {
        assert_eq!(majority([1, 2, 2].into_iter()), Some((2, 2)));
        assert_eq!(majority([1, 2].into_iter()), None);
        assert_eq!(majority(std::iter::empty::<u8>()), None);
    }
}
