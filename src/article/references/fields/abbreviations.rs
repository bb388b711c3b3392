//! Words as journal titles shorten them (ISO 4), written with a dot in many styles: the dot ends no sentence.
//!
//! Common knowledge of the trade, gathered by hand for medproof; full words that also end titles are left out.

/// Whether a word with a capital is a shortened one.
pub(in super::super) fn is_abbreviation(word: &str) -> bool {
    WORDS.binary_search(&word).is_ok()
}

/// Sorted.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "Abdom", "Abstr", "Acad", "Acc", "Accid", "Acta", "Addict", "Adm", "Adolesc", "Adv", "Aesthet", "Afr", "Agric", "Akt", "Alzheimers",
    "Am", "Ambul", "Anaesth", "Anal", "Anat", "Androl", "Anesth", "Anim", "Ann", "Antibiot", "Anticancer", "Antimicrob", "Antivir",
    "Appl", "Arch", "Arq", "Arterioscler", "Artif", "Assess", "Assist", "Assoc", "Atheroscler", "Atmos", "Audiol", "Aust", "Australas",
    "Autoimmun", "Auton", "Behav", "Biochem", "Biochim", "Bioeng", "Bioinform", "Biol", "Biom", "Biomark", "Biomech", "Biomed", "Biomol",
    "Bioorg", "Biophys", "Biosci", "Biostat", "Biotech", "Biotechnol", "Br", "Braz", "Breastfeed", "Brit", "Bull", "Bur", "Calcif", "Can",
    "Carcinog", "Cardiol", "Cardiothorac", "Cardiovasc", "Caries", "Catheter", "Cent", "Cereb", "Cerebrovasc", "Chem", "Chemother",
    "Chim", "Chin", "Chir", "Chromatogr", "Chron", "Chronobiol", "Circ", "Clin", "Coagul", "Cogn", "Coll", "Commun", "Comp", "Compar",
    "Comput", "Conf", "Congenit", "Conserv", "Consult", "Contemp", "Contr", "Contrib", "Coron", "Corros", "Cosmet", "Couns", "Counsel",
    "Crit", "Cryst", "Curr", "Cutan", "Cytogenet", "Cytol", "Cytom", "Cytopathol", "Dan", "Datab", "Deliv", "Dement", "Demogr", "Dent",
    "Dentomaxillofac", "Dermatol", "Des", "Deutsch", "Dev", "Diab", "Diabet", "Diabetol", "Diagn", "Dial", "Dig", "Dis", "Discov",
    "Disord", "Diss", "Dr", "Dtsch", "Dyn", "Ecol", "Econ", "Ecotoxicol", "Educ", "Electrochem", "Electroencephalogr", "Electron",
    "Electrophysiol", "Emerg", "Endocr", "Endocrinol", "Endod", "Endosc", "Endoscop", "Endovasc", "Eng", "Engl", "Entomol", "Environ",
    "Environm", "Enzym", "Epidemiol", "Epilept", "Epub", "Ergon", "Esophag", "Ethn", "Ethnopharmacol", "Ethol", "Eur", "Eval", "Evid",
    "Evol", "Exerc", "Exp", "Explor", "Extracell", "Fam", "Fed", "Fertil", "Finn", "Forens", "Front", "Funct", "Fundam", "Gastroenterol",
    "Gastroenterolog", "Gastrointest", "Gaz", "Gen", "Genet", "Genit", "Genom", "Geogr", "Geophys", "Ger", "Geriatr", "Gerontol", "Glob",
    "Gynaecol", "Gynecol", "Haematol", "Haemost", "Handb", "Hell", "Hematol", "Hemost", "Hepat", "Hepatobiliary", "Hepatogastroenterol",
    "Hepatol", "Hered", "Hist", "Histochem", "Histol", "Histopathol", "Holist", "Horm", "Hosp", "Hum", "Hyg", "Hypertens", "Imag",
    "Immun", "Immunobiol", "Immunogenet", "Immunol", "Immunopathol", "Immunopharmacol", "Immunother", "Implant", "Ind", "Inf", "Infect",
    "Infectol", "Inflamm", "Inform", "Inj", "Inorg", "Inst", "Instrum", "Int", "Integr", "Intell", "Intens", "Interact", "Interdiscip",
    "Intern", "Interv", "Invest", "Investig", "Isr", "Ital", "J", "Jpn", "Kans", "Klin", "Kor", "Lab", "Laparoendosc", "Laryngol", "Lek",
    "Lett", "Leukoc", "Libr", "Linguist", "Lit", "Logist", "Magn", "Malar", "Manag", "Manage", "Managem", "Mat", "Mater", "Matern",
    "Math", "Maxillofac", "Meas", "Mech", "Med", "Mem", "Ment", "Metab", "Metabol", "Meth", "Methodol", "Mex", "Microb", "Microbiol",
    "Microcirc", "Microsc", "Microsurg", "Microvasc", "Mil", "Min", "Miner", "Minim", "Mitt", "Mod", "Mol", "Monogr", "Morphol", "Mt",
    "Mult", "Musculoskelet", "Mutagen", "Mutat", "Mycol", "Nanomed", "Nanotechnol", "Narc", "Nat", "Natl", "Nav", "Nephrol", "Nerv",
    "Netw", "Neur", "Neuro", "Neuroanat", "Neurobiol", "Neurochem", "Neurodegener", "Neuroendocrinol", "Neuroeng", "Neurogastroenterol",
    "Neuroimag", "Neuroimmunol", "Neuroinflamm", "Neurol", "Neuromuscul", "Neurooncol", "Neuropathol", "Neuropediatr", "Neurophysiol",
    "Neuropsychiatr", "Neuropsychobiol", "Neuropsychol", "Neuropsychopharmacol", "Neuroradiol", "Neurorehabil", "Neurosci", "Neurosurg",
    "Neurotoxicol", "Neurourol", "Nord", "Nucl", "Nurs", "Nutr", "Nutrit", "Obes", "Obstet", "Occup", "Odontol", "Oncol", "Ophthal",
    "Ophthalmol", "Opin", "Opt", "Org", "Orient", "Orthod", "Orthop", "Orthopade", "Orthopaed", "Osteoarthr", "Osteoporos", "Otol",
    "Otolaryngol", "Otorhinolaryngol", "Pac", "Paediatr", "Pak", "Palliat", "Pancreat", "Parasit", "Parasitol", "Pathog", "Pathol",
    "Pathophysiol", "Pediatr", "Percept", "Perf", "Perinat", "Perinatol", "Periodont", "Periodontol", "Perit", "Pers", "Persp",
    "Perspect", "Pharm", "Pharmaceut", "Pharmacodyn", "Pharmacoecon", "Pharmacoepidemiol", "Pharmacogenet", "Pharmacokinet", "Pharmacol",
    "Pharmacother", "Philos", "Photobiol", "Photochem", "Photodermatol", "Phys", "Physiol", "Physiother", "Phytochem", "Phytother",
    "Plast", "Pol", "Polym", "Popul", "Port", "Postgrad", "Pract", "Prax", "Preg", "Prenat", "Prev", "Prim", "Proc", "Prog", "Progr",
    "Prosthet", "Prosthodont", "Protoc", "Pseud", "Psych", "Psychiat", "Psychiatr", "Psychol", "Psychometr", "Psychopathol",
    "Psychopharmacol", "Psychophysiol", "Psychosom", "Psychother", "Publ", "Pulm", "Q", "Qual", "Quant", "Radiat", "Radiol", "Radiother",
    "Rec", "Rech", "Reconstr", "Reg", "Regen", "Regul", "Rehab", "Rehabil", "Rel", "Relat", "Ren", "Rep", "Reprod", "Res", "Respir",
    "Respirol", "Resusc", "Retrovir", "Rev", "Rheum", "Rheumatol", "Rhinol", "Ric", "Robot", "Rom", "Roum", "Roy", "Russ", "Sao", "Scand",
    "Sch", "Schizophr", "Schweiz", "Sci", "Scient", "Sec", "Sect", "Semin", "Sens", "Ser", "Serv", "Sex", "Singap", "Skelet", "Soc",
    "Sociol", "Spectrom", "Spectrosc", "St", "Stat", "Stem", "Stomatol", "Strahlenther", "Struct", "Stud", "Subst", "Suicid", "Suppl",
    "Surg", "Surv", "Swed", "Swiss", "Symp", "Syndr", "Synth", "Syst", "Technol", "Telemed", "Ter", "Teratol", "Thai", "Theor", "Ther",
    "Theriogenol", "Thorac", "Thromb", "Tijdschr", "Tob", "Tox", "Toxicol", "Trans", "Transfus", "Transl", "Translat", "Transpl",
    "Transplant", "Traumatol", "Treat", "Trop", "Tuberc", "Turk", "Ugeskr", "Ultrason", "Ultrastruct", "Ulus", "Univ", "Urol", "Vac",
    "Vaccin", "Vasc", "Venereol", "Vet", "Vib", "Vir", "Virol", "Vis", "Vit", "Voeding", "Vopr", "Wien", "Wildl", "Wkly", "Wochenschr",
    "Womens", "Xenobiot", "Z", "Zentralbl", "Zh", "Zhonghua", "Zool",
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted_and_unique() {
        assert!(super::WORDS.is_sorted_by(|a, b| a < b));
    }
}
