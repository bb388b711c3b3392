//! How the world is asked: the table `[online]` of `medproof.toml`.

use globset::Glob;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::world::Service;

/// What `[online]` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Online {
    /// The address that services may write to; they serve those faster who give one. None is sent unless it is set here.
    pub mailto: Option<String>,
    /// A key of the user for PubMed, which then takes ten requests a second for three.
    pub ncbi_key: Option<String>,
    /// Where the services are.
    pub services: Services,
    /// Hosts that may be asked although their addresses are no part of the public internet.
    pub allow_hosts: Vec<String>,
    /// Ask whether links lead somewhere.
    pub links: bool,
    /// Links that are not asked, as globs over whole addresses.
    #[serde(deserialize_with = "globs")]
    pub skip: Vec<String>,
    /// The longest that one request may take, in seconds.
    pub timeout: f64,
    /// The pause between two requests to one site, in seconds.
    pub pause: f64,
    /// How many requests are under way at once.
    pub at_once: usize,
}

/// The base addresses of the services, each with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Services {
    pub pubmed: String,
    pub crossref: String,
    pub datacite: String,
    pub doi_org: String,
    pub europe_pmc: String,
    pub archive: String,
}

impl Services {
    /// Each service with its base address.
    pub fn each(&self) -> [(Service, &str); 6] {
        let Self { pubmed, crossref, datacite, doi_org, europe_pmc, archive } = self;
        [
            (Service::Pubmed, pubmed),
            (Service::Crossref, crossref),
            (Service::Datacite, datacite),
            (Service::DoiOrg, doi_org),
            (Service::EuropePmc, europe_pmc),
            (Service::Archive, archive),
        ]
    }
}

/// Globs, each of which can be read.
fn globs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let globs = Vec::<String>::deserialize(deserializer)?;
    match globs.iter().find_map(|glob| Some((glob, Glob::new(glob).err()?))) {
        Some((glob, error)) => Err(D::Error::custom(format!("“{glob}” is no glob: {}", error.kind()))),
        None => Ok(globs),
    }
}

impl Default for Online {
    fn default() -> Self {
        Self {
            mailto: None,
            ncbi_key: None,
            services: Services::default(),
            allow_hosts: Vec::new(),
            links: true,
            skip: Vec::new(),
            timeout: 10.0,
            pause: 1.0,
            at_once: 32,
        }
    }
}

impl Default for Services {
    fn default() -> Self {
        Self {
            pubmed: "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/".into(),
            crossref: "https://api.crossref.org/".into(),
            datacite: "https://api.datacite.org/".into(),
            doi_org: "https://doi.org/".into(),
            europe_pmc: "https://www.ebi.ac.uk/europepmc/webservices/rest/".into(),
            archive: "https://archive.org/".into(),
        }
    }
}
