//! The settings that hold for each article: the nearest `medproof.toml`, and what the command line says over it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::args::{ConfigArgs, RuleChoice, SettingsChoice, When};
use super::output;
use super::{CLEAN, Error, UNFINISHED};
use crate::article::review::due::Cycle;
use crate::baseline;
use crate::config::{self, Config, FILE_NAME, Layer, Mistake, Online, PresetKind, Review};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lexicon::Lexicon;
use crate::linter::Known;
use crate::report::full;
use crate::retractions::Retractions;
use crate::rule::Enabled;
use crate::rules::{DEAD_LINK, RULES};
use crate::source::Source;
use crate::world::World;

/// How many mistakes in configurations are shown: a file that is no configuration at all has one on every line.
const TROUBLES_SHOWN: usize = 20;

/// What an article is checked with.
#[derive(Clone)]
pub struct Settings {
    pub rules: Arc<[Enabled]>,
    pub lexicon: Arc<Lexicon>,
    pub retractions: Arc<Retractions>,
    /// How long a review holds; `None` where the settings let reviews be.
    pub cycle: Option<Cycle>,
    pub review: Arc<Review>,
    /// How the world is asked.
    #[cfg(feature = "online")]
    pub online: Arc<Online>,
    /// What it said.
    pub world: Arc<World>,
    /// Tells these settings from any others.
    pub mark: u128,
}

/// A list of retractions, and what tells it from any other.
#[derive(Clone, Default)]
struct List {
    works: Arc<Retractions>,
    mark: u128,
}

impl Settings {
    /// The same without rules, for reading alone.
    pub fn without_rules(&self) -> Self {
        Self { rules: Arc::new([]), ..self.clone() }
    }

    /// The same with what the world said.
    #[cfg(feature = "online")]
    pub fn knowing(&self, world: &Arc<World>) -> Self {
        Self { world: world.clone(), ..self.clone() }
    }

    /// What the rules know beside the article.
    pub fn known(&self) -> Known<'_> {
        Known {
            lexicon: &self.lexicon,
            retractions: &self.retractions,
            world: &self.world,
            keys: &self.review.keys,
            cycle: self.cycle.as_ref(),
        }
    }
}

/// Finds the settings of articles, reading each configuration once.
pub struct Resolver {
    /// The preset that the command line names, then what it says itself.
    command_line: Vec<Layer>,
    /// The retractions that the command line names, over those of any configuration.
    retractions: Option<List>,
    /// One configuration for all articles; else each has the nearest.
    fixed: Option<Rc<Home>>,
    folders: HashMap<PathBuf, Rc<Home>>,
    /// Folders by their names, without links and the like.
    real: HashMap<PathBuf, PathBuf>,
    settings: HashMap<(PathBuf, Vec<usize>), Arc<Settings>>,
    none: Rc<Home>,
    troubles: Vec<Trouble>,
}

/// Why a configuration does not hold as it is written.
enum Trouble {
    Unreadable(Error),
    Mistake(Rc<Source>, Mistake),
}

/// A folder with a configuration.
struct Home {
    /// Globs are relative to this folder.
    folder: PathBuf,
    file: Option<PathBuf>,
    config: Config,
    lexicon: Arc<Lexicon>,
    retractions: List,
    review: Arc<Review>,
    online: Arc<Online>,
}

impl Resolver {
    /// # Errors
    /// A rule or preset on the command line that does not exist, or a list of retractions that cannot be read.
    pub fn new(rules: &RuleChoice, settings: &SettingsChoice) -> Result<Self, Error> {
        let preset = rules.preset.as_deref().map(|name| config::preset(PresetKind::Preset, name)).transpose()?;
        let days = |days: u16| (&DEAD_LINK, toml::Table::from_iter([("days".to_owned(), i64::from(days).into())]));
        let options = rules.dead_for.map(days).into_iter().collect();
        let own = Layer { origin: "the command line".into(), choice: rules.choice()?, options, ..Layer::default() };
        let command_line = preset.map(|preset| preset.layer.clone()).into_iter().chain([own]).collect();
        let none = Rc::new(Home {
            folder: PathBuf::new(),
            file: None,
            config: Config::default(),
            lexicon: Arc::new(Lexicon::default()),
            retractions: List::default(),
            review: Arc::default(),
            online: Arc::default(),
        });
        let mut resolver = Self {
            command_line,
            retractions: None,
            fixed: settings.isolated.then(|| none.clone()),
            folders: HashMap::new(),
            real: HashMap::new(),
            settings: HashMap::new(),
            none,
            troubles: Vec::new(),
        };
        if let Some(file) = &settings.retractions {
            let text = table(file).map_err(|message| Error::File { path: file.display().to_string(), message })?;
            resolver.retractions = Some(resolver.list(file, text));
        }
        if let Some(file) = &settings.config {
            let here = std::env::current_dir().unwrap_or_default();
            resolver.fixed = Some(resolver.read(file, here));
        }
        Ok(resolver)
    }

    /// The settings of an article.
    pub fn settings(&mut self, article: &str) -> Arc<Settings> {
        let (home, matching) = self.home_of(article);
        let key = (home.file.clone().unwrap_or_default(), matching);
        if let Some(settings) = self.settings.get(&key) {
            return settings.clone();
        }
        let layers = home.config.layers(&key.1).chain(&self.command_line);
        let retractions = self.retractions_of(&home);
        let medicines: Vec<_> = home.config.medicines.iter().map(|(row, _)| row).collect();
        let keys: Vec<_> = home.review.keys.iter().collect();
        let all = format!("{}\n{medicines:?}\n{keys:?}\n{}", config::decided(layers.clone()), retractions.mark);
        let settings = Arc::new(Settings {
            rules: config::enabled(layers.clone()).into(),
            lexicon: home.lexicon.clone(),
            retractions: retractions.works.clone(),
            cycle: config::cycle(layers),
            review: home.review.clone(),
            #[cfg(feature = "online")]
            online: home.online.clone(),
            world: Arc::default(),
            mark: xxh3_128(all.as_bytes()),
        });
        self.settings.insert(key, settings.clone());
        settings
    }

    /// The file with the findings accepted in an article, and whether the configuration names it.
    pub fn baseline(&mut self, article: &str) -> Option<(PathBuf, bool)> {
        let (home, _) = self.home_of(article);
        let is_isolated = self.fixed.as_ref().is_some_and(|fixed| Rc::ptr_eq(fixed, &self.none));
        match &home.config.baseline {
            Some(path) => Some((home.folder.join(path), true)),
            None => (!is_isolated).then(|| (home.folder.join(baseline::FILE_NAME), false)),
        }
    }

    /// The rules that run on any article so far.
    pub fn rules(&self) -> BTreeSet<&'static str> {
        self.settings.values().flat_map(|settings| settings.rules.iter().map(|enabled| enabled.entry.id)).collect()
    }

    /// The configuration of an article, and which of its `paths` match.
    fn home_of(&mut self, article: &str) -> (Rc<Home>, Vec<usize>) {
        let whole = self.whole(article);
        let home = match &self.fixed {
            Some(home) => home.clone(),
            None => self.nearest(whole.parent().unwrap_or(Path::new("."))),
        };
        let matching = home.config.matching(&slashed(&whole, &home.folder));
        (home, matching)
    }

    /// Where an article lies from the folder of its configuration, or without one from here.
    pub fn place(&mut self, article: &str) -> String {
        let (home, _) = self.home_of(article);
        let here = std::env::current_dir().unwrap_or_default();
        slashed(&self.whole(article), if home.file.is_some() { &home.folder } else { &here })
    }

    /// The path of an article from the root.
    fn whole(&mut self, article: &str) -> PathBuf {
        let path = Path::new(article);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = match self.real.get(parent) {
            Some(folder) => folder,
            None => {
                let folder = parent.canonicalize().unwrap_or_else(|_| parent.to_owned());
                self.real.entry(parent.to_owned()).or_insert(folder)
            }
        };
        folder.join(path.file_name().unwrap_or_default())
    }

    /// The nearest configuration at a folder or above it.
    fn nearest(&mut self, folder: &Path) -> Rc<Home> {
        if let Some(home) = self.folders.get(folder) {
            return home.clone();
        }
        let file = folder.join(FILE_NAME);
        let home = if file.is_file() {
            self.read(&file, folder.to_owned())
        } else {
            match folder.parent() {
                Some(parent) => self.nearest(parent),
                None => self.none.clone(),
            }
        };
        self.folders.insert(folder.to_owned(), home.clone());
        home
    }

    fn read(&mut self, file: &Path, folder: PathBuf) -> Rc<Home> {
        let name = file.strip_prefix(std::env::current_dir().unwrap_or_default()).unwrap_or(file).display().to_string();
        let text = std::fs::read(file)
            .map_err(|error| error.to_string())
            .and_then(|bytes| String::from_utf8(bytes).map_err(|_| "a configuration is written in UTF-8, and this file is not".to_owned()));
        let text = text.unwrap_or_else(|message| {
            self.troubles.push(Trouble::Unreadable(Error::File { path: name.clone(), message }));
            String::new()
        });
        let source = Rc::new(Source::new(name, text));
        let (config, mut mistakes) = Config::parse(source.text());
        let lexicon = Arc::new(lexicon(&config, &mut mistakes));
        let retractions = match &config.retractions {
            Some((path, span)) => match table(&folder.join(path)) {
                Ok(text) => self.list(&folder.join(path), text),
                Err(message) => {
                    mistakes.push(Mistake { span: *span, message: format!("“{path}” cannot be read: {message}"), help: None });
                    List::default()
                }
            },
            None => List::default(),
        };
        self.troubles.extend(mistakes.into_iter().map(|mistake| Trouble::Mistake(source.clone(), mistake)));
        let (review, online) = (Arc::new(config.review.clone()), Arc::new(config.online.clone()));
        Rc::new(Home { folder, file: Some(file.to_owned()), config, lexicon, retractions, review, online })
    }

    /// Reads a list of retractions, and keeps what is wrong in it.
    fn list(&mut self, path: &Path, text: String) -> List {
        let mark = xxh3_128(text.as_bytes());
        let (retractions, bad) = Retractions::read(&text);
        if !bad.is_empty() {
            let source = Rc::new(Source::new(path.display().to_string(), text));
            let mistakes = bad.into_iter().map(|row| Mistake { span: row.span, message: row.message, help: None });
            self.troubles.extend(mistakes.map(|mistake| Trouble::Mistake(source.clone(), mistake)));
        }
        List { works: Arc::new(retractions), mark }
    }

    /// The retractions that count for the articles of a home.
    fn retractions_of<'r>(&'r self, home: &'r Home) -> &'r List {
        self.retractions.as_ref().unwrap_or(&home.retractions)
    }

    /// Tells what is wrong in the configurations, and gives the exit status that leads to.
    pub fn tell_troubles(&self, when: When) -> u8 {
        for trouble in self.troubles.iter().take(TROUBLES_SHOWN) {
            match trouble {
                Trouble::Unreadable(error) => output::warn(&error.to_string()),
                Trouble::Mistake(source, mistake) => output::tell(&full::one(source, &finding(mistake), output::stderr_colour(when))),
            }
        }
        if self.troubles.len() > TROUBLES_SHOWN {
            output::warn(&format!("{} more mistakes are not shown", self.troubles.len() - TROUBLES_SHOWN));
        }
        if self.troubles.is_empty() { CLEAN } else { UNFINISHED }
    }
}

/// A path from a folder above it, with `/` between folders.
fn slashed(path: &Path, folder: &Path) -> String {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The text of a table. Older copies of Retraction Watch are not in UTF-8.
fn table(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned()))
}

/// The word list with the names that a configuration adds; those that are none are left out and told.
fn lexicon(config: &Config, mistakes: &mut Vec<Mistake>) -> Lexicon {
    let mut rows = config.medicines.clone();
    while !rows.is_empty() {
        match Lexicon::with_extra(rows.iter().map(|(row, _)| row.clone())) {
            Ok(lexicon) => return lexicon,
            Err(bad) => {
                let (_, span) = rows.remove(bad.row);
                mistakes.push(Mistake { span, message: bad.to_string(), help: None });
            }
        }
    }
    Lexicon::default()
}

fn finding(mistake: &Mistake) -> Diagnostic {
    Diagnostic {
        rule: "configuration",
        severity: Severity::Error,
        message: mistake.message.clone(),
        span: mistake.span,
        labels: Vec::new(),
        help: mistake.help.clone(),
        data: BTreeMap::new(),
        fix: None,
    }
}

/// `medproof config`: the settings of a path as a `medproof.toml`, with where each comes from.
pub fn show(args: &ConfigArgs) -> Result<u8, Error> {
    let mut resolver = Resolver::new(&args.rules, &args.settings)?;
    // A folder stands for the articles in it.
    let article = if args.path.is_dir() { args.path.join("article.md") } else { args.path.clone() };
    let (home, matching) = resolver.home_of(&article.to_string_lossy());
    let layers = || home.config.layers(&matching).chain(&resolver.command_line);
    let mut out = format!("# Settings for {}\n", args.path.display());
    let file = home.file.as_ref().map_or("none".into(), |file| file.display().to_string());
    out += &format!("# Configuration: {file}\n");
    let retractions = &resolver.retractions_of(&home).works;
    if !retractions.is_empty() {
        let newest = retractions.newest.map_or(String::new(), |day| format!(", the newest of {day}"));
        let works = if retractions.len() == 1 { "1 work".to_owned() } else { format!("{} works", retractions.len()) };
        out += &format!("# Retractions: notices about {works}{newest}\n");
    }
    for layer in layers() {
        if let Some(preset) = config::preset_of(layer) {
            out += &format!("# {}: {} ({})\n", layer.origin, preset.about, preset.source);
        }
    }
    out += "\nselect = [\n";
    let rules = config::enabled(layers());
    for enabled in &rules {
        let origin = config::origin(enabled.entry, layers()).unwrap_or("on by default");
        out += &format!("    \"{}\", # {origin}\n", enabled.entry.id);
    }
    for entry in RULES.iter().filter(|entry| entry.default && !rules.iter().any(|enabled| enabled.entry.id == entry.id)) {
        let origin = config::silencer(entry, layers()).unwrap_or_default();
        out += &format!("    # without \"{}\": {origin}\n", entry.id);
    }
    out += "]\n\n[severity]\n";
    for enabled in &rules {
        let (severity, origin) = config::severity(enabled.entry, layers()).unwrap_or((enabled.entry.severity, "default"));
        out += &format!("{} = \"{}\" # {origin}\n", enabled.entry.id, severity.name());
    }
    for enabled in &rules {
        let defaults = (enabled.entry.defaults)();
        let mut options: BTreeMap<&str, (&toml::Value, &str)> =
            defaults.iter().map(|(key, value)| (key.as_str(), (value, "default"))).collect();
        options.extend(config::options(enabled.entry, layers()));
        if !options.is_empty() {
            out += &format!("\n[rules.{}]\n", enabled.entry.id);
        }
        for (key, (value, origin)) in options {
            out += &format!("{key} = {value} # {origin}\n");
        }
    }
    out += &calendar(&home.review);
    out += &asking(&home.online);
    output::print(&out)?;
    Ok(resolver.tell_troubles(When::Auto))
}

/// How the world is asked, where the file says it.
fn asking(online: &Online) -> String {
    let table = |online: &Online| toml::Table::try_from(online).expect("the settings are a table");
    let usual = table(&Online::default());
    let own: Vec<String> = table(online)
        .iter()
        .filter(|(key, value)| usual.get(*key) != Some(value))
        .map(|(key, value)| format!("{key} = {value} # {FILE_NAME}\n"))
        .collect();
    if own.is_empty() { String::new() } else { format!("\n[online]\n{}", own.concat()) }
}

/// The settings of the calendar of reviews.
fn calendar(review: &Review) -> String {
    let usual = Review::default();
    let origin = |is_usual: bool| if is_usual { "default" } else { FILE_NAME };
    let (within, usually) = (format!("{:#}", review.within), format!("{:#}", usual.within));
    let mut out = format!("\n[review]\nwithin = \"{within}\" # {}\n", origin(within == usually));
    out += &format!("site = {} # {}\n", toml::Value::from(&*review.site), origin(review.site == usual.site));
    let keys: Vec<(&str, &str)> = review.keys.iter().collect();
    if !keys.is_empty() {
        out += "\n[review.keys]\n";
    }
    out.extend(keys.iter().map(|(own, known)| format!("{own} = {} # {FILE_NAME}\n", toml::Value::from(*known))));
    out
}
