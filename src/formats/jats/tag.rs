//! The elements of JATS that are told apart. All others are passed through: their words belong to what they stand in.

macro_rules! tags {
    ($($name:literal => $tag:ident),* $(,)?) => {
        /// An element by its name without prefix.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tag {
            $($tag,)*
            Other,
        }

        /// Every name with its element, sorted.
        const NAMES: &[(&[u8], Tag)] = &[$(($name, Tag::$tag)),*];
    };
}

/// Where the names of each letter begin in [`NAMES`]: a table-heavy article asks for a name every twenty bytes.
const LETTERS: [u8; 27] = {
    let mut starts = [0; 27];
    let mut letter = 0;
    while letter < 27 {
        let mut i = 0;
        while i < NAMES.len() && NAMES[i].0[0] < b'a' + letter as u8 {
            i += 1;
        }
        starts[letter] = i as u8;
        letter += 1;
    }
    starts
};

impl Tag {
    pub fn of(name: &[u8]) -> Tag {
        let Some(letter @ b'a'..=b'z') = name.first().copied() else { return Tag::Other };
        let letter = usize::from(letter - b'a');
        let names = &NAMES[usize::from(LETTERS[letter])..usize::from(LETTERS[letter + 1])];
        names.iter().find(|(known, _)| *known == name).map_or(Tag::Other, |(_, tag)| *tag)
    }
}

tags! {
    b"abstract" => Abstract,
    b"ack" => Ack,
    b"aff" => Aff,
    b"alt-text" => AltText,
    b"annotation" => Annotation,
    b"annotation-xml" => AnnotationXml,
    b"app" => App,
    b"app-group" => AppGroup,
    b"array" => Array,
    b"article" => Article,
    b"article-id" => ArticleId,
    b"article-title" => ArticleTitle,
    b"back" => Back,
    b"bio" => Bio,
    b"body" => Body,
    b"bold" => Bold,
    b"boxed-text" => BoxedText,
    b"break" => Break,
    b"caption" => Caption,
    b"chapter-title" => ChapterTitle,
    b"chem-struct" => ChemStruct,
    b"chem-struct-wrap" => ChemStructWrap,
    b"citation" => Citation,
    b"citation-alternatives" => CitationAlternatives,
    b"code" => Code,
    b"collab" => Collab,
    b"comment" => Comment,
    b"conf-name" => ConfName,
    b"data-title" => DataTitle,
    b"date" => Date,
    b"date-in-citation" => DateInCitation,
    b"day" => Day,
    b"def" => Def,
    b"def-item" => DefItem,
    b"def-list" => DefList,
    b"disp-formula" => DispFormula,
    b"disp-formula-group" => DispFormulaGroup,
    b"disp-quote" => DispQuote,
    b"edition" => Edition,
    b"element-citation" => ElementCitation,
    b"elocation-id" => ElocationId,
    b"email" => Email,
    b"etal" => Etal,
    b"ext-link" => ExtLink,
    b"fig" => Fig,
    b"fig-group" => FigGroup,
    b"floats-group" => FloatsGroup,
    b"floats-wrap" => FloatsWrap,
    b"fn" => Fn,
    b"fn-group" => FnGroup,
    b"fpage" => Fpage,
    b"front" => Front,
    b"given-names" => GivenNames,
    b"glossary" => Glossary,
    b"graphic" => Graphic,
    b"history" => History,
    b"hr" => Hr,
    b"index-term" => IndexTerm,
    b"inline-formula" => InlineFormula,
    b"inline-graphic" => InlineGraphic,
    b"issue" => Issue,
    b"italic" => Italic,
    b"journal-title" => JournalTitle,
    b"label" => Label,
    b"list" => List,
    b"list-item" => ListItem,
    b"long-desc" => LongDesc,
    b"lpage" => Lpage,
    b"math" => Math,
    b"media" => Media,
    b"mixed-citation" => MixedCitation,
    b"monospace" => Monospace,
    b"month" => Month,
    b"name" => Name,
    b"nlm-citation" => NlmCitation,
    b"note" => Note,
    b"notes" => Notes,
    b"object-id" => ObjectId,
    b"p" => P,
    b"page-range" => PageRange,
    b"part-title" => PartTitle,
    b"permissions" => Permissions,
    b"person-group" => PersonGroup,
    b"preformat" => Preformat,
    b"private-char" => PrivateChar,
    b"processing-meta" => ProcessingMeta,
    b"product" => Product,
    b"pub-date" => PubDate,
    b"pub-history" => PubHistory,
    b"pub-id" => PubId,
    b"publisher-loc" => PublisherLoc,
    b"publisher-name" => PublisherName,
    b"question" => Question,
    b"ref" => Ref,
    b"ref-list" => RefList,
    b"related-article" => RelatedArticle,
    b"related-object" => RelatedObject,
    b"response" => Response,
    b"sc" => SmallCaps,
    b"sec" => Sec,
    b"sec-meta" => SecMeta,
    b"sig" => Sig,
    b"sig-block" => SigBlock,
    b"source" => Source,
    b"speech" => Speech,
    b"statement" => Statement,
    b"string-name" => StringName,
    b"sub" => Sub,
    b"sub-article" => SubArticle,
    b"subtitle" => Subtitle,
    b"suffix" => Suffix,
    b"sup" => Sup,
    b"supplement" => Supplement,
    b"supplementary-material" => SupplementaryMaterial,
    b"surname" => Surname,
    b"table" => Table,
    b"table-wrap" => TableWrap,
    b"table-wrap-foot" => TableWrapFoot,
    b"table-wrap-group" => TableWrapGroup,
    b"tbody" => Tbody,
    b"td" => Td,
    b"term" => Term,
    b"tex-math" => TexMath,
    b"textual-form" => TextualForm,
    b"tfoot" => Tfoot,
    b"th" => Th,
    b"thead" => Thead,
    b"title" => Title,
    b"title-group" => TitleGroup,
    b"tr" => Tr,
    b"trans-abstract" => TransAbstract,
    b"trans-source" => TransSource,
    b"trans-title" => TransTitle,
    b"uri" => Uri,
    b"verse-group" => VerseGroup,
    b"verse-line" => VerseLine,
    b"volume" => Volume,
    b"xref" => Xref,
    b"year" => Year,
}

/// What an element means for the words in it, where its name alone says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its words belong to what it stands in.
    Inline,
    /// A space takes its place.
    Space,
    /// Its words are not part of the text.
    Skip,
    /// A formula or picture within a sentence: something stands here that is no word.
    Object,
    /// A paragraph of its own.
    Paragraph,
    /// Holds paragraphs, and splits the one that it stands in.
    Container,
    /// A container whose title is a heading one level below the one around it.
    Section,
    /// Stands apart from the paragraph that holds it.
    Float,
}

impl Tag {
    pub fn role(self) -> Role {
        use Tag::*;
        match self {
            AltText | Annotation | AnnotationXml | Aff | Bio | Email | History | IndexTerm | LongDesc | ObjectId | Permissions
            | ProcessingMeta | PubHistory | RelatedArticle | RelatedObject | Response | SecMeta | SubArticle | TexMath | TransAbstract
            | TransTitle | TextualForm | Product => Role::Skip,
            Math | InlineGraphic | PrivateChar | ChemStruct => Role::Object,
            DispFormula | DispFormulaGroup | ChemStructWrap | Graphic => Role::Skip,
            Break | Hr => Role::Space,
            P | VerseLine | Term | Subtitle | Sig | Code | Preformat => Role::Paragraph,
            Abstract | Ack | App | BoxedText | FnGroup | Glossary | Notes | RefList | Sec | Statement => Role::Section,
            Array | AppGroup | Back | Body | Def | DefItem | DefList | DispQuote | FigGroup | FloatsGroup | FloatsWrap | List
            | ListItem | Question | SigBlock | Speech | Table | TableWrapFoot | TableWrapGroup | Tbody | Tfoot | Thead | Tr
            | VerseGroup => Role::Container,
            Fig | TableWrap | SupplementaryMaterial | Media => Role::Float,
            _ => Role::Inline,
        }
    }

    /// The citation of one work within an entry of the list.
    pub fn is_citation(self) -> bool {
        matches!(self, Tag::ElementCitation | Tag::MixedCitation | Tag::NlmCitation | Tag::Citation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        assert_eq!(Tag::of(b"p"), Tag::P);
        assert_eq!(Tag::of(b"mixed-citation"), Tag::MixedCitation);
        assert_eq!(Tag::of(b"unheard-of"), Tag::Other);
        assert_eq!(Tag::of(b""), Tag::Other);
        assert!(NAMES.len() < 256 && NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(NAMES.iter().all(|(name, tag)| Tag::of(name) == *tag));
    }
}
