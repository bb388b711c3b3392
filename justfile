# What a day's work needs; `just` lists it. Every recipe is a plain cargo command, so that just is a comfort and no need.

_default:
    @just --list

# Proofread articles: just check fixtures/articles
check *paths:
    cargo run --release --quiet -- check {{ paths }}

# Run the tests, with and without the command line.
test:
    cargo test
    cargo test --no-default-features

# Write what is generated (findings in specs, tables, reports, lexicon); read the diff.
bless:
    BLESS=1 cargo test
    git diff --stat

# Measure; `just bench whole` runs the benches whose names hold the word.
bench *names:
    cargo bench --bench medproof -- {{ names }}

# Measure a run over many articles, cold and with the cache: just pace 10000
pace count="1000":
    cargo bench --bench pace -- {{ count }}

# Format the code.
fmt:
    cargo fmt --all

# Lint the code and its documentation.
lint:
    cargo fmt --all --check
    cargo clippy --all-targets -- -D warnings
    cargo clippy --all-targets --no-default-features -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --quiet

# All of it, as a clean clone is checked.
ci:
    bash .ci/run
