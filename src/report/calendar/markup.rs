//! What the outputs with tags share: words made harmless, and colours.

/// Words as text or as the value of an attribute in quotes, in HTML and XML.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            // XML knows no control characters, and no page needs them.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A colour by its name, for a light page and a dark one. Each stands out from its page as WCAG 2.2 AA asks: 4.5 to 1 or more.
pub const COLOURS: &[(&str, &str, &str)] = &[
    ("page", "#ffffff", "#0d1117"),
    ("ink", "#1f2328", "#e6edf3"),
    ("faint", "#59636e", "#9198a1"),
    ("line", "#818b98", "#656c76"),
    ("overdue", "#b3261e", "#ff7b72"),
    ("due-soon", "#8a5a00", "#d29922"),
    ("current", "#1a7f37", "#3fb950"),
    ("unscheduled", "#0969da", "#58a6ff"),
    ("undated", "#8250df", "#b392f0"),
    ("never-reviewed", "#59636e", "#9198a1"),
];

/// The colours as custom properties of what a selector names.
pub fn properties(selector: &str) -> String {
    let of = |pick: fn(&(&str, &str, &str)) -> String| COLOURS.iter().map(pick).collect::<String>();
    let light = of(|(name, light, _)| format!("--mp-{name}:{light};"));
    let dark = of(|(name, _, dark)| format!("--mp-{name}:{dark};"));
    format!("{selector}{{{light}}}@media (prefers-color-scheme:dark){{{selector}{{{dark}}}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let part = |i: usize| {
            let value = f64::from(u8::from_str_radix(&colour[i..i + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn every_colour_stands_out_from_its_page() {
        let (_, light, dark) = COLOURS[0];
        for (name, on_light, on_dark) in &COLOURS[1..] {
            // Lines are no text, and need less.
            let least = if *name == "line" { 3.0 } else { 4.5 };
            for (page, colour) in [(light, on_light), (dark, on_dark)] {
                let (a, b) = (luminance(page).max(luminance(colour)), luminance(page).min(luminance(colour)));
                let contrast = (a + 0.05) / (b + 0.05);
                assert!(contrast >= least, "{name} {colour} on {page}: {contrast:.2}");
            }
        }
    }
}
