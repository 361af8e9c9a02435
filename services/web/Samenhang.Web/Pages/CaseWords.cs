using Samenhang.Protos.Types;
using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.Speech;

namespace Samenhang.Web.Pages;

/// <summary>Turns the codes of one case into words.</summary>
public sealed class CaseWords
{
    private readonly Voice voice;
    private readonly Dictionary<string, Party> parties;
    private readonly Dictionary<string, Sentence> needs;
    private readonly Dictionary<string, Sentence> schemes;
    private readonly Dictionary<string, Sentence> questions;
    private readonly Dictionary<string, Provision> provisions;
    private readonly HashSet<string> ambiguousNeeds;
    private readonly Dictionary<string, Sentence> proposals;

    /// <summary>The words for a case and its plan, in a language.</summary>
    public CaseWords(Voice voice, Case @case, Plan plan)
    {
        ArgumentNullException.ThrowIfNull(@case);
        ArgumentNullException.ThrowIfNull(plan);
        this.voice = voice;
        parties = @case.Parties.ToDictionary(party => party.PartyId);
        provisions = @case.Provisions.ToDictionary(provision => provision.ProvisionId);
        needs = plan.Needs.ToDictionary(need => need.NeedId, need => need.Label);
        schemes = plan.Coverage.Where(row => row.Label is not null).DistinctBy(row => row.Scheme).ToDictionary(row => row.Scheme, row => row.Label);
        questions = plan.Questions.DistinctBy(question => question.FactId).ToDictionary(question => question.FactId, question => question.Text);
        proposals = plan.Actions.DistinctBy(action => action.Text.Nl).ToDictionary(action => action.Text.Nl, action => action.Text);
        ambiguousNeeds = [.. plan.Needs.GroupBy(need => need.Kind).Where(group => group.Count() > 1).SelectMany(group => group).Select(need => need.NeedId)];
    }

    /// <summary>The name of a scheme. Names of Dutch law stay Dutch in English.</summary>
    public Said Scheme(string scheme) => schemes.TryGetValue(scheme, out var label) ? Named(label, scheme) : new(scheme, voice.Language);

    /// <summary>The name of a need; with its id when the case has two of the kind.</summary>
    public Said Need(string needId)
    {
        if (!needs.TryGetValue(needId, out var label))
        {
            return new(needId, voice.Language);
        }

        var name = voice.Language == "en" && label.En.Length > 0 ? new Said(Plain(label.En), "en") : Named(label, needId);
        return ambiguousNeeds.Contains(needId) ? name with { Text = $"{name.Text} ({needId})" } : name;
    }

    /// <summary>Who acts or is asked: a party by its role and organisation, a role or service by its name.</summary>
    public Said Who(string owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        if (owner.Length == 0)
        {
            return new(voice["who.nobody"], voice.Language);
        }

        if (parties.TryGetValue(owner, out var party))
        {
            var role = Code("role", party.Role);
            return party.Organisation.Length > 0 ? role with { Text = $"{role.Text}, {party.Organisation}" } : role;
        }

        return Code("role", owner);
    }

    /// <summary>What a need, provision or party is; null for a finding about the whole case.</summary>
    public Said? About(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding switch
        {
            { NeedId.Length: > 0 } => Need(finding.NeedId),
            { ProvisionId.Length: > 0 } => Item(finding.ProvisionId),
            { PartyId.Length: > 0 } => Who(finding.PartyId),
            _ => null,
        };
    }

    /// <summary>A need or a provision by its id; a provision is called by its scheme.</summary>
    public Said Item(string itemId) =>
        provisions.TryGetValue(itemId, out var provision) ? Scheme(provision.Scheme) : Need(itemId);

    /// <summary>A fact that is missing: its question when the plan asks it, else its id.</summary>
    public Said? Asked(string factId) => questions.TryGetValue(factId, out var text) ? new Said(voice.Of(text)) : null;

    /// <summary>What is agreed is written in the words of the plan, which are Dutch; a proposal that was taken over as it stood has its other language too.</summary>
    public Said Agreed(string text) => proposals.TryGetValue(text, out var proposal) ? Sentence(proposal) : new(text, "nl");

    /// <summary>The word for a code; the code itself, which is Dutch or an identifier, when there is none.</summary>
    public Said Code(string kind, string code) => voice.Word(kind, code) is { } word ? new(word, voice.Language) : new(code, "nl");

    /// <summary>A document by its name; by its file when nobody has named it.</summary>
    public Said Document(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Length >= 3 && voice.Word("document", file[..3]) is { } name ? new(name, voice.Language) : new(file, "nl");
    }

    /// <summary>A sentence of the casemanager, in the language of the page where it has it.</summary>
    public Said Sentence(Sentence? sentence) => new(voice.Of(sentence));

    /// <summary>A text of the pages.</summary>
    public Said Text(string key) => new(voice[key], voice.Language);

    /// <summary>A day.</summary>
    public string Day(Date day) => voice.Day(day);

    // A label whose English is still the code was not translated.
    private Said Named(Sentence label, string code) => label.En == code ? new(label.Nl, "nl") : new(voice.Of(label));

    private static string Plain(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}

/// <summary>Words, and the language that they are in: it stands on the page where it is not the language of the page.</summary>
public readonly record struct Said(string Text, string Language)
{
    /// <summary>Takes what the voice said.</summary>
    public Said((string Text, string Language) said)
        : this(said.Text, said.Language)
    {
    }
}
