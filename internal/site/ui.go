package site

// UI has the words of the interface in one language, from the map `ui` of text/<lang>.yaml. Growing languages may lack keys. The struct
// tag `slots` has the names of the slots that a phrase must have in every language, such as n for {n}. [markup.Phrase.With] fills them
// when a page is rendered.
type UI struct {
	// Every page
	SiteName   Phrase `yaml:"site_name"`
	Tagline    Phrase `yaml:"tagline"`
	Skip       Phrase `yaml:"skip"`
	Languages  Phrase `yaml:"languages"`
	RubyButton Phrase `yaml:"ruby_button"`
	Crumbs     Phrase `yaml:"crumbs"`
	Home       Phrase `yaml:"home"`
	Footer     Phrase `yaml:"footer"`
	FooterNote Phrase `yaml:"footer_note"`
	Printed    Phrase `yaml:"printed" slots:"date"` // shown only on paper

	// The insurer, or words for any insurer on the general site
	InsurerName    Phrase `yaml:"insurer_name"`
	InsurerContact Phrase `yaml:"insurer_contact"`
	InsurerAsk     Phrase `yaml:"insurer_ask" slots:"name contact"`
	SampleNotice   Phrase `yaml:"sample_notice" slots:"name"`
	SampleSource   Phrase `yaml:"sample_source" slots:"source"`
	ChooseInsurer  Phrase `yaml:"choose_insurer"`
	GeneralName    Phrase `yaml:"general_name"`
	InsurersNote   Phrase `yaml:"insurers_note"`
	HelpInsurer    Phrase `yaml:"help_insurer" slots:"name"`

	// Whom to call, at the end of every page. HelpOthers is shown only if the insurer's phone number and page are unknown.
	HelpTitle  Phrase `yaml:"help_title"`
	HelpText   Phrase `yaml:"help_text"`
	HelpOthers Phrase `yaml:"help_others"`
	HelpName   Phrase `yaml:"help_name"`
	HelpPhone  Phrase `yaml:"help_phone"`
	HelpHours  Phrase `yaml:"help_hours"`
	HelpMore   Phrase `yaml:"help_more"`

	// Home
	HomeHeading     Phrase `yaml:"home_heading"`
	HomeLead        Phrase `yaml:"home_lead"`
	HomePopular     Phrase `yaml:"home_popular"`
	HomeTopics      Phrase `yaml:"home_topics"`
	HomeDescription Phrase `yaml:"home_description"`

	// Search
	Search            Phrase `yaml:"search"` // the button that opens the search
	SearchTitle       Phrase `yaml:"search_title"`
	SearchLead        Phrase `yaml:"search_lead"`
	SearchDescription Phrase `yaml:"search_description"`
	SearchLabel       Phrase `yaml:"search_label"`
	SearchHint        Phrase `yaml:"search_hint"`
	SearchCount       Phrase `yaml:"search_count" slots:"n"`
	SearchMore        Phrase `yaml:"search_more"`
	SearchNone        Phrase `yaml:"search_none" slots:"query"`
	SearchTopics      Phrase `yaml:"search_topics"`
	SearchPhone       Phrase `yaml:"search_phone"`
	SearchChecker     Phrase `yaml:"search_checker"`
	SearchPaper       Phrase `yaml:"search_paper" slots:"paper"`
	SearchClose       Phrase `yaml:"search_close"`
	SearchFailed      Phrase `yaml:"search_failed"`
	SearchRows        Phrase `yaml:"search_rows"`
	SearchRow         Phrase `yaml:"search_row" slots:"letter"`

	// Lists of questions
	QuestionCount    Phrase `yaml:"question_count" slots:"n"`
	TopicDescription Phrase `yaml:"topic_description" slots:"topic"`
	AllTitle         Phrase `yaml:"all_title"`
	AllLead          Phrase `yaml:"all_lead"`
	AllDescription   Phrase `yaml:"all_description"`
	Filter           Phrase `yaml:"filter"`

	// A question
	Answer              Phrase `yaml:"answer"`
	QuestionDescription Phrase `yaml:"question_description" slots:"title"`
	Words               Phrase `yaml:"words"`
	BasedOn             Phrase `yaml:"based_on" slots:"n date"`
	AsOf                Phrase `yaml:"as_of" slots:"date"`
	Newest              Phrase `yaml:"newest" slots:"date"`
	NewestUnknown       Phrase `yaml:"newest_unknown"`
	ReviewDue           Phrase `yaml:"review_due" slots:"date"`
	ReviewMissed        Phrase `yaml:"review_missed" slots:"date"`
	Period              Phrase `yaml:"period" slots:"period"`
	Stale               Phrase `yaml:"stale" slots:"source"`
	Fallback            Phrase `yaml:"fallback" slots:"language"`
	Draft               Phrase `yaml:"draft"`
	ChangedOn           Phrase `yaml:"changed_on" slots:"date"`
	ChangedWhat         Phrase `yaml:"changed_what" slots:"date what"`
	Ended               Phrase `yaml:"ended"`
	Later               Phrase `yaml:"later"`
	Related             Phrase `yaml:"related"`
	TopicMore           Phrase `yaml:"topic_more" slots:"topic"`
	OnPage              Phrase `yaml:"on_page"`

	// Names of blocks in a body, for blocks to which the author gives no name. They have no ruby.
	BlockNote      Phrase `yaml:"block_note"`
	BlockImportant Phrase `yaml:"block_important"`
	BlockExample   Phrase `yaml:"block_example"`
	BlockSteps     Phrase `yaml:"block_steps"`
	BlockTimeline  Phrase `yaml:"block_timeline"`
	BlockTable     Phrase `yaml:"block_table"`

	// Glossary
	GlossaryTitle   Phrase `yaml:"glossary_title"`
	GlossaryLead    Phrase `yaml:"glossary_lead"`
	GlossaryReading Phrase `yaml:"glossary_reading"`
	GlossaryNative  Phrase `yaml:"glossary_native"`

	// What changes on which day
	ChangesTitle     Phrase `yaml:"changes_title"`
	ChangesLead      Phrase `yaml:"changes_lead"`
	ChangesYear      Phrase `yaml:"changes_year" slots:"year"`
	ChangesAhead     Phrase `yaml:"changes_ahead"`
	ChangesPast      Phrase `yaml:"changes_past"`
	ChangesPeriod    Phrase `yaml:"changes_period" slots:"period"`
	ChangesQuestions Phrase `yaml:"changes_questions"`
	ChangesMore      Phrase `yaml:"changes_more" slots:"n"`

	// What changed on the site
	UpdatesTitle   Phrase `yaml:"updates_title"`
	UpdatesLead    Phrase `yaml:"updates_lead"`
	UpdatesNone    Phrase `yaml:"updates_none"`
	UpdatesNew     Phrase `yaml:"updates_new"`
	UpdatesChanged Phrase `yaml:"updates_changed"`

	// The pages "about" and "sources"
	AboutTitle    Phrase `yaml:"about_title"`
	AboutPurpose  Phrase `yaml:"about_purpose"`
	AboutOfficial Phrase `yaml:"about_official"`
	AboutChecked  Phrase `yaml:"about_checked"`
	AboutNewest   Phrase `yaml:"about_newest" slots:"date"`
	AboutDays     Phrase `yaml:"about_days"`
	AboutPrivacy  Phrase `yaml:"about_privacy"`
	SourcesTitle  Phrase `yaml:"sources_title"`
	SourcesLead   Phrase `yaml:"sources_lead"`
	SourceRead    Phrase `yaml:"source_read" slots:"date"`
	SourceDated   Phrase `yaml:"source_dated" slots:"published date"`

	// Accessibility statement
	AccessibilityTitle       Phrase `yaml:"accessibility_title"`
	AccessibilityAim         Phrase `yaml:"accessibility_aim"`
	AccessibilityStatus      Phrase `yaml:"accessibility_status"`
	AccessibilityDone        Phrase `yaml:"accessibility_done"`
	AccessibilityType        Phrase `yaml:"accessibility_type"`
	AccessibilityKeyboard    Phrase `yaml:"accessibility_keyboard"`
	AccessibilityTargets     Phrase `yaml:"accessibility_targets"`
	AccessibilityEasy        Phrase `yaml:"accessibility_easy"`
	AccessibilityStill       Phrase `yaml:"accessibility_still"`
	AccessibilityPrint       Phrase `yaml:"accessibility_print"`
	AccessibilityTested      Phrase `yaml:"accessibility_tested"`
	AccessibilityTests       Phrase `yaml:"accessibility_tests"`
	AccessibilityLimits      Phrase `yaml:"accessibility_limits"`
	AccessibilityReaders     Phrase `yaml:"accessibility_readers"`
	AccessibilityRuby        Phrase `yaml:"accessibility_ruby"`
	AccessibilityTables      Phrase `yaml:"accessibility_tables"`
	AccessibilityContact     Phrase `yaml:"accessibility_contact"`
	AccessibilityContactText Phrase `yaml:"accessibility_contact_text"`

	// Pages outside the folders of languages
	ChooseLanguage Phrase `yaml:"choose_language"`
	MissingTitle   Phrase `yaml:"missing_title"`
	MissingText    Phrase `yaml:"missing_text"`
	MissingHome    Phrase `yaml:"missing_home"`
	MovedTitle     Phrase `yaml:"moved_title"`
	MovedText      Phrase `yaml:"moved_text"`
	GoneTitle      Phrase `yaml:"gone_title"`
	GoneText       Phrase `yaml:"gone_text"`
}
