//! What test programs share.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many cases by chance, the same ones on every run, so that no change fails by the luck of another. The variables
/// `PROPTEST_CASES` and `PROPTEST_RNG_SEED` look further: a failure that they find becomes a case of a table.
pub fn cases(cases: u32) -> ProptestConfig {
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(1);
    }
    config
}
