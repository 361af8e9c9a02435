namespace Samenhang.Language.Tests;

public class EnglishNamesTests
{
    [Fact]
    public void Every_need_scheme_and_term_that_people_read_has_an_English_name()
    {
        Assert.All(Repository.Vocabulary.Needs.Values, need => Assert.NotEqual("", need.LabelEn));
        Assert.All(Repository.Vocabulary.EmployerNeeds.Values, need => Assert.NotEqual("", need.LabelEn));
        Assert.All(Repository.Vocabulary.Schemes.Values, scheme => Assert.NotEqual("", scheme.LabelEn));
        Assert.All(Repository.Vocabulary.Deadlines.Where(term => term.LabelNl is not null), term => Assert.NotEqual("", term.LabelEn));
    }

    [Fact]
    public void Every_fact_has_an_English_name_and_question() =>
        Assert.All(Repository.Vocabulary.Facts, fact => Assert.True(fact.LabelEn.Length > 0 && fact.QuestionEn.EndsWith('?'), fact.Id));

    [Fact]
    public void Every_finding_has_a_short_English_name_and_an_English_next_step() =>
        Assert.All(Repository.Vocabulary.Flags, flag =>
        {
            Assert.InRange(flag.LabelEn.Length, 3, 60);
            Assert.InRange(flag.SuggestedActionEn.Length, 3, 90);
        });

    [Fact]
    public void Every_event_document_and_category_of_consent_has_a_Dutch_word() =>
        Assert.All(
            Repository.Vocabulary.EventTypes.Concat(Repository.Vocabulary.EvidenceTypes).Concat(Repository.Vocabulary.ConsentCategories),
            code => Assert.Contains(code, Repository.Vocabulary.Words.Keys));

    [Fact]
    public void A_value_is_said_in_both_languages()
    {
        Assert.Equal(new Sentence("ja", "yes"), Repository.Vocabulary.InWords(Value.Of(true)));
        Assert.Equal(new Sentence("toestemming gegeven", "consent given"), Repository.Vocabulary.InWords(Value.Of("consent-given")));
        Assert.Equal(new Sentence("onbekend", "not known"), Repository.Vocabulary.InWords(Value.Unknown));
    }
}
