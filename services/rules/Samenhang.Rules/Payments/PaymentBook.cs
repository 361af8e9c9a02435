using Samenhang.Language;
using Samenhang.Rules.Evaluation;
using Samenhang.Rules.Expressions;
using Samenhang.Rules.Policies;
using Samenhang.Rules.Reading;

namespace Samenhang.Rules;

/// <summary>What a ground does to the payment of a bill. The order is that of weight.</summary>
public enum GroundEffect
{
    /// <summary>Nothing is paid.</summary>
    Refuses,

    /// <summary>Nothing is paid until it is mended.</summary>
    Holds,

    /// <summary>Less is paid than was billed.</summary>
    Caps,

    /// <summary>The payment is the same.</summary>
    Informs,
}

/// <summary>To whom an insurer pays.</summary>
public enum Payee
{
    /// <summary>The provider.</summary>
    Provider,

    /// <summary>The client.</summary>
    Client,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>What limits the amount, besides the price and the maximum tariff.</summary>
public enum PaymentLimit
{
    /// <summary>The price that was agreed, or else the percentage that the insurer pays.</summary>
    Agreed,

    /// <summary>The percentage of the maximum tariff that the insurer pays.</summary>
    Percentage,

    /// <summary>The usual market tariff.</summary>
    Market,

    /// <summary>Nothing is paid.</summary>
    None,
}

/// <summary>A ground for or against the payment of a bill.</summary>
/// <param name="FlagId">The finding that it is, or null.</param>
/// <param name="Effect">What it does.</param>
/// <param name="RuleIds">The rules it rests on.</param>
/// <param name="Sentence">In plain language.</param>
/// <param name="Truth">Whether it holds; never false.</param>
/// <param name="Missing">The facts that would decide it, while that is not known.</param>
public sealed record PaymentGround(string? FlagId, GroundEffect Effect, IReadOnlyList<string> RuleIds, Sentence Sentence, Truth Truth, IReadOnlyList<FactUse> Missing);

/// <summary>Who is paid and up to what.</summary>
/// <param name="To">To whom; null while that is not known.</param>
/// <param name="Limit">What limits it.</param>
/// <param name="RuleIds">The rules it rests on; none when the documents do not say who is paid.</param>
/// <param name="Sentence">In plain language.</param>
/// <param name="Missing">The facts that would decide it, while that is not known.</param>
public sealed record PaymentSettlement(Payee? To, PaymentLimit Limit, IReadOnlyList<string> RuleIds, Sentence Sentence, IReadOnlyList<FactUse> Missing);

/// <summary>Which findings and conditions decide on the payment of a bill, as a file says it, compiled. Pure.</summary>
public sealed class PaymentBook
{
    private readonly DerivedFacts derived;
    private readonly IReadOnlyList<Entry> grounds;
    private readonly IReadOnlyList<Settlement> settlements;

    private PaymentBook(DerivedFacts derived, IReadOnlyList<Entry> grounds, IReadOnlyList<Settlement> settlements)
    {
        this.derived = derived;
        this.grounds = grounds;
        this.settlements = settlements;
    }

    /// <summary>Reads and checks the file. Every finding of the family claim must stand in it, so that none is forgotten.</summary>
    /// <param name="rulebooks">The rulebooks of the service.</param>
    /// <param name="service">The service; the rules that refuse, hold or cap must be in its rulebook.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="RulebookException">Something is wrong; all faults at once, with file and line.</exception>
    public static PaymentBook Load(RulebookSet rulebooks, string service, RuleFile file)
    {
        ArgumentNullException.ThrowIfNull(rulebooks);
        ArgumentNullException.ThrowIfNull(file);
        var faults = new List<RuleFault>();
        var reader = new Reader(rulebooks.Derived, rulebooks.ByService[service].Rules.Select(rule => rule.Id).ToHashSet());
        var document = YamlDocument.Read(file, faults);
        document?.Root.Allow("grounds", "settlement");
        var grounds = (document?.List("grounds") ?? []).SelectMany(reader.Grounds).ToList();
        var settlements = (document?.List("settlement") ?? []).SelectMany(reader.Settlements).ToList();
        foreach (var flag in rulebooks.Derived.Vocabulary.Flags.Where(flag => flag.Family == "claim" && grounds.All(ground => ground.FlagId != flag.Id)))
        {
            faults.Add(new(file.Name, 0, $"{flag.Id} is missing: say what it does to a payment"));
        }

        return faults.Count == 0 ? new(rulebooks.Derived, grounds, settlements) : throw new RulebookException(faults);
    }

    /// <summary>The grounds that hold for a provision that is billed, and those of which that is not known; the weightiest first.</summary>
    /// <param name="policy">The case with the numbers and policies that count for it.</param>
    /// <param name="coverage">The answers to it.</param>
    /// <param name="provision">The provision of that case.</param>
    public IReadOnlyList<PaymentGround> GroundsFor(AppliedPolicy policy, IReadOnlyList<Coverage> coverage, Provision provision)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(provision);
        var context = new CaseContext(policy.Case, derived, policy.Parameters, coverage);
        return [.. grounds.Select(ground => ground.For(context, provision)).OfType<PaymentGround>().OrderBy(ground => ground.Effect)];
    }

    /// <summary>Who is paid: the first that holds. One that is not known stops the search.</summary>
    public PaymentSettlement SettlementOf(AppliedPolicy policy, IReadOnlyList<Coverage> coverage, Provision provision)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var context = new CaseContext(policy.Case, derived, policy.Parameters, coverage);
        foreach (var settlement in settlements)
        {
            var scope = settlement.When.ScopeFor(context, provision);
            switch (settlement.When.Node.Test(scope))
            {
                case Truth.True:
                    return new(settlement.To, settlement.Limit, settlement.RuleIds, settlement.Sentence, []);
                case Truth.Unknown:
                    var missing = new FactUses();
                    settlement.When.Node.Missing(scope, missing);
                    return new(null, settlement.Limit, settlement.RuleIds, Sentence.None, missing.All);
            }
        }

        return new(null, PaymentLimit.None, [], Sentence.None, []);
    }

    /// <summary>The maximum tariff of the year in which the provision began; null when the documents give none.</summary>
    public static decimal? MaxTariffOf(AppliedPolicy policy, Provision provision)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(provision);
        return provision is { From: { } from, Scheme.MaxTariffParameter: { } parameter } && policy.Parameters.Get(parameter, policy.Case, from) is { IsKnown: true } tariff ? tariff.Number : null;
    }

    private sealed record Settlement(Compiled<Predicate> When, Payee To, PaymentLimit Limit, IReadOnlyList<string> RuleIds, Sentence Sentence);

    private sealed record Entry(string? FlagId, FlagScope Scope, Compiled<Predicate> When, Compiled<Predicate>? Only, GroundEffect Effect, IReadOnlyList<string> RuleIds, RuleDocuments Documents, Sentence Sentence)
    {
        internal PaymentGround? For(CaseContext context, Provision provision)
        {
            if (!Documents.TakePartIn(context.Case) || (Only is { } only && only.Node.Test(only.ScopeFor(context, provision)) == Truth.False))
            {
                return null;
            }

            var truth = Truth.False;
            var missing = new FactUses();
            foreach (var item in Items(context, provision))
            {
                var scope = When.ScopeFor(context, item);
                truth = truth.Or(When.Node.Test(scope));
                When.Node.Missing(scope, missing);
            }

            return truth == Truth.False ? null : new(FlagId, Effect, RuleIds, Sentence, truth, truth == Truth.Unknown ? missing.All : []);
        }

        private IEnumerable<object?> Items(CaseContext context, Provision provision) => Scope switch
        {
            FlagScope.Case => [null],
            FlagScope.Need => provision.NeedIds.Select(context.NeedById).OfType<Need>(),
            FlagScope.Provision => [provision],
            FlagScope.Party => context.Case.Parties.Where(party => party.ProvisionIds.Contains(provision.Id)),
        };
    }

    private sealed class Reader(DerivedFacts derived, HashSet<string> known)
    {
        private static readonly Dictionary<string, GroundEffect> Effects = Enum.GetValues<GroundEffect>().ToDictionary(Name);
        private static readonly Dictionary<string, Payee> Payees = Enum.GetValues<Payee>().ToDictionary(Name);
        private static readonly Dictionary<string, PaymentLimit> Limits = Enum.GetValues<PaymentLimit>().ToDictionary(Name);

        internal List<Entry> Grounds(YamlEntry entry)
        {
            entry.Allow("finding", "when", "only", "effect", "rules", "nl", "en");
            var found = new List<Entry>();
            var effect = OneOf(entry, "effect", Effects);
            var only = entry.Optional("only") is { } text ? Compile(entry, "only", text, ScopeKind.Provision) : null;
            var ids = entry.Texts("finding");
            if (ids.Count == 0)
            {
                var rules = Rules(entry, []);
                if (entry.Required("when") is { } when && entry.Required("nl") is { } nl && entry.Required("en") is { } en
                    && Compile(entry, "when", when, ScopeKind.Provision) is { } condition && effect is { } does)
                {
                    found.Add(new(null, FlagScope.Provision, condition, only, does, rules, new(derived.Vocabulary, rules), new(nl, en)));
                }

                return found;
            }

            foreach (var id in ids)
            {
                if (derived.Vocabulary.Flags.FirstOrDefault(flag => flag.Id == id) is not { } flag)
                {
                    entry.Fault("finding", $"{id} is no finding{Spelling.Hint(id, derived.Vocabulary.Flags.Select(other => other.Id))}");
                    continue;
                }

                var rules = effect == GroundEffect.Informs && entry.Texts("rules").Count == 0 ? flag.Rules : Rules(entry, flag.Rules);
                var sentence = new Sentence(entry.Optional("nl") ?? $"{flag.LabelNl}.", entry.Optional("en") ?? $"{flag.Meaning}.");
                if (effect != GroundEffect.Informs && (entry.Optional("nl") is null || entry.Optional("en") is null))
                {
                    entry.Fault("finding", $"{id}: what changes a payment needs nl and en");
                }

                if (Compile(entry, "finding", flag.Predicate, ScopeOf(flag.Scope)) is { } condition && effect is { } does)
                {
                    found.Add(new(id, flag.Scope, condition, only, does, rules, new(derived.Vocabulary, rules), sentence));
                }
            }

            return found;
        }

        internal IEnumerable<Settlement> Settlements(YamlEntry entry)
        {
            entry.Allow("when", "to", "limit", "rules", "nl", "en");
            var (to, limit, rules) = (OneOf(entry, "to", Payees), OneOf(entry, "limit", Limits), Rules(entry, []));
            if (entry.Required("when") is { } when && entry.Required("nl") is { } nl && entry.Required("en") is { } en
                && Compile(entry, "when", when, ScopeKind.Provision) is { } condition && to is { } payee && limit is { } most)
            {
                yield return new(condition, payee, most, rules, new(nl, en));
            }
        }

        private static ScopeKind ScopeOf(FlagScope scope) => scope switch
        {
            FlagScope.Case => ScopeKind.Case,
            FlagScope.Need => ScopeKind.Need,
            FlagScope.Provision => ScopeKind.Provision,
            FlagScope.Party => ScopeKind.Party,
        };

        private static string Name<T>(T member)
            where T : struct, Enum => member.ToString().ToLowerInvariant();

        private static T? OneOf<T>(YamlEntry entry, string name, Dictionary<string, T> members)
            where T : struct
        {
            if (entry.Required(name) is not { } text)
            {
                return null;
            }

            if (members.TryGetValue(text, out var member))
            {
                return member;
            }

            entry.Fault(name, $"{name} is one of {string.Join(", ", members.Keys)}");
            return null;
        }

        private IReadOnlyList<string> Rules(YamlEntry entry, IReadOnlyList<string> otherwise)
        {
            var rules = entry.Texts("rules") is { Count: > 0 } named ? named : otherwise;
            if (rules.Count == 0)
            {
                entry.Fault("rules", "rules is missing");
            }

            foreach (var rule in rules.Where(rule => !known.Contains(rule)))
            {
                entry.Fault("rules", $"{rule} is no rule of this rulebook{Spelling.Hint(rule, known)}");
            }

            return rules;
        }

        private Compiled<Predicate>? Compile(YamlEntry entry, string name, string text, ScopeKind scope)
        {
            Compiled<Predicate>? compiled = null;
            entry.Try(name, () => compiled = Binder.Predicate(text, scope, derived.Lexicon));
            return compiled;
        }
    }
}
