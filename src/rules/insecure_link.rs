use serde::{Deserialize, Serialize};

use crate::article::links::{self, Link};
use crate::diagnostic::{Edit, Finding, Safety, Severity};
use crate::rule::{Category, Cx, Entry, Rule, Sink, defaults, make};

pub static RULE: Entry = Entry {
    id: "insecure-link",
    category: Category::Online,
    summary: "a link over http leads to a site that answers over https",
    severity: Severity::Info,
    default: true,
    fix: Some(Safety::Unsafe),
    spec: include_str!("../../fixtures/rules/insecure-link.md"),
    make: make::<InsecureLink>,
    defaults: defaults::<InsecureLink>,
};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct InsecureLink {}

impl Rule for InsecureLink {
    fn check(&self, cx: &Cx<'_>, sink: &mut Sink<'_>) {
        // One note for all of them: it is a habit rather than a mistake at one place.
        let secure = |link: &Link<'_>| {
            let said = cx.world.link(link.address)?;
            Some((said, said.answer.found()?.secure.as_deref()?))
        };
        let found: Vec<_> = links::links(cx.document).filter_map(|link| Some((secure(&link)?, link))).collect();
        let [((said, target), first), more @ ..] = found.as_slice() else { return };
        let others = match more.len() {
            0 => String::new(),
            1 => "; so does 1 more link".into(),
            n => format!("; so do {n} more links"),
        };
        let finding =
            Finding::new(cx.span(first.place), format!("“{}” goes over http, and the site answers over https{others}", first.address));
        let finding = more.iter().fold(finding, |finding, (_, link)| finding.label(cx.span(link.place), "over http too"));
        let urls: Vec<String> = found.iter().map(|(_, link)| link.address.to_owned()).collect();
        let help = format!("Link to {target}: what a reader looks up is nobody's business on the way (asked on {})", said.day);
        let finding = finding.help(help).asked(said.by.name(), said.day).data("urls", urls);
        // Each is mended for itself: one that cannot be is told again.
        let edit = |((_, target), link): &((_, &str), Link<'_>)| Some(Edit { span: link.editable(cx.document)?, text: (*target).into() });
        let edits: Vec<Edit> = found.iter().filter_map(edit).collect();
        sink.report(if edits.is_empty() { finding } else { finding.fix(Safety::Unsafe, "Link over https", edits) });
    }
}
