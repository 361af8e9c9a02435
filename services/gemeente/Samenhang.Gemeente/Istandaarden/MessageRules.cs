using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Samenhang.Deadlines.Terms;
using Samenhang.Language;
using Samenhang.Platform.Errors;

namespace Samenhang.Gemeente.Istandaarden;

/// <summary>The rules of iWmo, iJw and the law that the municipality's own records keep, read from <c>istandaarden/rules.json</c>.</summary>
public sealed class MessageRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private readonly FrozenDictionary<string, MessageRule> byId;
    private readonly FrozenSet<string> withdrawing;

    private MessageRules(RuleFile file)
    {
        Schemes = file.Schemes.Ids.ToFrozenSet();
        byId = file.Rules.ToFrozenDictionary(rule => rule.Id);
        withdrawing = file.Withdrawal.ChangeReasons.ToFrozenSet();
    }

    /// <summary>The schemes that go by report, application, decision and assignment.</summary>
    public IReadOnlySet<string> Schemes { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<MessageRule> All => byId.Values;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is no such file. The service must not start.</exception>
    public static MessageRules Load(string path)
    {
        try
        {
            return new MessageRules(JsonSerializer.Deserialize<RuleFile>(File.ReadAllText(path), Json) ?? throw new JsonException("The file is empty."));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>A rule.</summary>
    public MessageRule Of(string id) => byId[id];

    /// <summary>The last day in time.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="start">The day that starts its term.</param>
    /// <param name="standstills">When the term stood still.</param>
    public DateOnly Due(string id, DateOnly start, params IEnumerable<Suspension> standstills) => Counted(id, Of(id).Term, start, standstills);

    /// <summary>The last day in time once the other side was told that it is being looked into.</summary>
    /// <param name="id">The rule.</param>
    /// <param name="start">The day that starts its term.</param>
    public DateOnly DueWhenInvestigated(string id, DateOnly start) => Counted(id, Of(id).WhenInvestigated, start, []);

    /// <summary>The refusal that a rule asks for.</summary>
    /// <param name="id">The rule; it becomes the reason of the error.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="nl">What in the file stands in the way, in Dutch.</param>
    /// <param name="en">The same in English.</param>
    public Error Refuse(string id, string subject, string nl, string en)
    {
        var rule = Of(id);
        return new Error.StateForbids(id, subject, new BilingualText($"{id}: {rule.Nl} {nl}".TrimEnd(), $"{id}: {rule.En} {en}".TrimEnd()));
    }

    /// <summary>Whether these days and this reason withdraw an assignment: it counts as never sent.</summary>
    public bool Withdraws(string? changeReason, DateOnly from, DateOnly? to) => changeReason is not null && withdrawing.Contains(changeReason) && to == from;

    private static DateOnly Counted(string id, MessageTerm? term, DateOnly start, IEnumerable<Suspension> standstills) => term is null
        ? throw new InvalidOperationException($"Rule {id} sets no such term.")
        : RunningTerm.From(new Term(term.Length, term.Unit, term.Termijnenwet), start, standstills).Due;

    private sealed record RuleFile(string Note, SchemeList Schemes, IReadOnlyList<MessageRule> Rules, Withdrawal Withdrawal);

    private sealed record SchemeList(string Note, IReadOnlyList<string> Ids);

    private sealed record Withdrawal(string Note, IReadOnlyList<string> ChangeReasons);
}

/// <summary>One rule.</summary>
/// <param name="Id">Its name in the standard or the law: <c>OP259</c>.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Basis"><c>text</c> = it was read there; <c>context</c> = known from outside our documents, to be confirmed.</param>
/// <param name="Nl">What it says, in plain Dutch.</param>
/// <param name="En">The same in English.</param>
/// <param name="Owner">Who has to keep its term; null when it has none.</param>
/// <param name="Term">How long that is; null when it sets none.</param>
/// <param name="WhenInvestigated">How long it is once the other side was told that it is being looked into; null when that changes nothing.</param>
public sealed record MessageRule(
    string Id, string Source, string Basis, string Nl, string En, TermKeeper? Owner = null, MessageTerm? Term = null, MessageTerm? WhenInvestigated = null);

/// <summary>How long.</summary>
/// <param name="Length">How many units.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Termijnenwet">Whether a law sets it, so that it does not end on a day of rest.</param>
public sealed record MessageTerm(int Length, TermUnit Unit, bool Termijnenwet = false);

/// <summary>Who has to keep a term.</summary>
public enum TermKeeper
{
    /// <summary>The municipality.</summary>
    Municipality,

    /// <summary>The provider.</summary>
    Provider,
}
