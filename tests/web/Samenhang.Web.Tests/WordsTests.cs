using Samenhang.Language;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Tests;

public sealed class WordsTests
{
    private static readonly Vocabulary Vocabulary = VocabularyLoader.Load(VocabularyLoader.DefaultFolder);

    [Fact]
    public void Every_role_has_a_word_in_both_languages() => HaveWords("role", Vocabulary.PartyRoles.Keys);

    [Fact]
    public void Every_payer_of_a_scheme_has_a_word_in_both_languages() => HaveWords("payer", Vocabulary.Schemes.Values.Select(scheme => scheme.Payer));

    [Fact]
    public void Every_owner_of_a_term_has_a_word_in_both_languages() => HaveWords("role", Vocabulary.Deadlines.Where(term => term is { IsTerm: true, LabelNl: not null }).Select(term => term.Owner));

    private static void HaveWords(string kind, IEnumerable<string> codes) =>
        Assert.Empty(from code in codes.Distinct() from voice in Voice.All where voice.Word(kind, code) is null select $"{kind}.{code} in {voice.Language}");
}
