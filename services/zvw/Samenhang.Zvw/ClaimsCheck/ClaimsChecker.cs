using Samenhang.Api.Hosting;
using Samenhang.Domains;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Rules.Policies;
using Samenhang.Zvw.Claims;

namespace Samenhang.Zvw.ClaimsCheck;

/// <summary>
/// Says of each line of a bill what is payable, to whom, how much and why. Pure. It rests on the cover of the care (the rulebook), the
/// grounds that decide on a payment (payment.yaml), and the tariff of the year in which the path began. What is not known is asked for.
/// </summary>
public sealed class ClaimsChecker(Rulebook rulebook, PaymentBook payments, Vocabulary vocabulary)
{
    /// <summary>Reads the grounds from claims/payment.yaml and checks them against the rulebook.</summary>
    /// <exception cref="RulebookException">A ground is wrong; all faults at once, with file and line. The service must not start.</exception>
    public static ClaimsChecker Load(DomainRulebook<ZvwDomain> rulebook, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(rulebook);
        var file = RuleFile.Read(Path.Combine(RulebookFolders.BesideRulebook(ZvwDomain.Name, "claims", configuration), "payment.yaml"));
        return new(rulebook.Rules.ByService[ZvwDomain.Name], PaymentBook.Load(rulebook.Rules, ZvwDomain.Name, file), rulebook.Vocabulary);
    }

    /// <summary>The same under other numbers and policies.</summary>
    public ClaimsChecker Under(PolicySet policies)
    {
        ArgumentNullException.ThrowIfNull(policies);
        return policies == rulebook.Policies ? this : new(rulebook.With(policies), payments, vocabulary);
    }

    /// <summary>The rules that a reason can name.</summary>
    public IReadOnlyDictionary<string, RuleSource> Sources { get; } = rulebook.Rules.ToDictionary(rule => rule.Id, rule => rule.Source);

    /// <summary>The version of the rulebook.</summary>
    public string Version => rulebook.Version;

    /// <summary>The verdicts, in the order of the lines.</summary>
    public IReadOnlyList<LineVerdict> Check(ClaimToCheck claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var verdicts = new List<LineVerdict>();
        var accepted = new List<BillLine>();
        foreach (var line in claim.Lines)
        {
            var verdict = Judge(claim, line, accepted);
            if (verdict.Verdict != Verdict.NotPayable)
            {
                accepted.Add(line);
            }

            verdicts.Add(verdict);
        }

        return verdicts;
    }

    private LineVerdict Judge(ClaimToCheck claim, BillLine line, IReadOnlyList<BillLine> accepted)
    {
        var policy = rulebook.Policies.For(ClaimCase.Of(claim, line, accepted, vocabulary), ZvwDomain.Name);
        var view = policy.Case;
        var provision = view.Provisions[0];
        var coverage = rulebook.Assess(view, provision.NeedIds.Select(need => (need, provision.Scheme.Id)));
        var rows = coverage.Where(row => provision.NeedIds.Contains(row.NeedId) && row.Scheme == provision.Scheme.Id).ToList();
        var reasons = new List<ClaimReason>();
        var questions = new List<ClaimQuestion>();

        Cover(rows, reasons, questions);
        foreach (var ground in payments.GroundsFor(policy, coverage, provision))
        {
            if (ground.Truth == Truth.True)
            {
                reasons.Add(new(ground.Effect, ground.FlagId, ground.RuleIds, ground.Sentence));
            }
            else if (ground.Effect is GroundEffect.Refuses or GroundEffect.Holds)
            {
                reasons.Add(new(null, ground.FlagId, ground.RuleIds, new(
                    $"Niet bekend is of dit geldt: {Lower(ground.Sentence.Nl)}", $"It is not known whether this holds: {Lower(ground.Sentence.En)}")));
                Ask(ground.Missing);
            }
        }

        var settlement = payments.SettlementOf(policy, coverage, provision);
        var max = PaymentBook.MaxTariffOf(policy, provision);
        var isRefused = reasons.Exists(reason => reason.Effect is GroundEffect.Refuses or GroundEffect.Holds);
        decimal? amount = isRefused ? 0 : null;
        if (!isRefused)
        {
            if (settlement.Sentence != Sentence.None)
            {
                reasons.Add(new(settlement.To == Payee.Nobody ? GroundEffect.Refuses : GroundEffect.Informs, null, settlement.RuleIds, settlement.Sentence));
            }

            Ask(settlement.Missing);
            amount = Amount(claim, provision, settlement, max, reasons, questions);
            isRefused = settlement.To == Payee.Nobody;
        }

        var verdict = isRefused ? Verdict.NotPayable
            : reasons.Exists(reason => reason.Effect is null) || amount is null ? Verdict.Undetermined
            : Verdict.Payable;
        return new LineVerdict
        {
            Scheme = provision.Scheme.Id,
            Verdict = verdict,
            PayableTo = isRefused ? Payee.Nobody : settlement.To,
            Payable = amount,
            Deductible = Deductible(claim, view, provision.Scheme, amount, questions),
            MaxTariff = max,
            Reasons = [.. reasons.OrderBy(reason => reason.Effect is GroundEffect.Refuses or GroundEffect.Holds ? 0 : reason.Effect is null ? 1 : 2)],
            Questions = [.. questions.DistinctBy(question => (question.Fact, question.Field))],
            Coverage = rows,
        };

        void Ask(IEnumerable<FactUse> missing) => questions.AddRange(missing.Select(use => Question(use.Fact)));
    }

    /// <summary>One need whose care is covered is enough; else the cover says why not.</summary>
    private void Cover(List<Coverage> rows, List<ClaimReason> reasons, List<ClaimQuestion> questions)
    {
        if (rows.Count == 0)
        {
            reasons.Add(new(null, null, [], new("Geen regel zegt of deze zorg verzekerd is.", "No rule says whether this care is insured.")));
            questions.Add(new(null, "needs", new("Voor welke behoefte is deze zorg?", "For which need is this care?")));
            return;
        }

        var best = rows.OrderBy(row => row.Outcome switch { Outcome.Covered => 0, Outcome.Undetermined => 1, Outcome.Conditional => 2, _ => 3 }).First();
        switch (best.Outcome)
        {
            case Outcome.Covered:
                reasons.Add(new(GroundEffect.Informs, null, best.RuleIds, best.Explanation));
                break;
            case Outcome.Undetermined:
                reasons.Add(new(null, null, best.RuleIds, best.Explanation));
                questions.AddRange(best.MissingFacts.Select(Question));
                break;
            case Outcome.Conditional:
                reasons.Add(new(GroundEffect.Holds, null, best.RuleIds, Sentence.Join([best.Explanation, .. best.OpenConditions])));
                break;
            default:
                reasons.Add(new(GroundEffect.Refuses, null, best.RuleIds, best.Explanation));
                break;
        }
    }

    /// <summary>The amount, or null with a reason or a question why it is not known.</summary>
    private decimal? Amount(ClaimToCheck claim, Provision provision, PaymentSettlement settlement, decimal? max, List<ClaimReason> reasons, List<ClaimQuestion> questions)
    {
        if (settlement.To is null)
        {
            reasons.Add(new(null, null, settlement.RuleIds, settlement.RuleIds.Count == 0
                ? new("De documenten zeggen niet wie voor deze zorg de rekening krijgt.", "The documents do not say who gets the bill for this care.")
                : new("Niet bekend is aan wie wordt betaald.", "It is not known who is paid.")));
            return null;
        }

        if (settlement.To == Payee.Nobody)
        {
            return 0;
        }

        var price = provision.Facts[vocabulary.FactById["claim.price"]];
        if (!price.IsKnown)
        {
            questions.Add(Question("claim.price"));
        }

        if (provision.Scheme.MaxTariffParameter is { } tariffs && max is null)
        {
            reasons.Add(new(null, null, [.. vocabulary.Parameters[tariffs].SelectMany(period => period.Rules).Distinct()], new(
                "Het maximumtarief van het jaar waarin het traject begon, staat niet in de documenten.",
                "The maximum tariff of the year in which the path began does not stand in the documents.")));
            return null;
        }

        var policy = claim.Policy;
        decimal? ofTariff = policy.Percentage is { } percentage && max is { } tariff ? Math.Round(tariff * percentage / 100, 2, MidpointRounding.AwayFromZero) : null;
        var (limit, field, nl, en) = settlement.Limit switch
        {
            PaymentLimit.Agreed => (policy.AgreedPrice ?? ofTariff, "policy.agreed_price_eurocents",
                "Welke prijs spraken verzekeraar en aanbieder af?", "Which price did insurer and provider agree?"),
            PaymentLimit.Percentage => (ofTariff, "policy.percentage",
                "Welk percentage vergoedt de verzekeraar zonder contract?", "Which percentage does the insurer pay without a contract?"),
            _ => (policy.MarketTariff, "policy.market_tariff_eurocents",
                "Wat is het marktconforme tarief?", "What is the usual market tariff?"),
        };
        if (limit is null)
        {
            questions.Add(new(null, field, new(nl, en)));
        }

        return price.IsKnown && limit is { } most ? Math.Min(Math.Min(price.Number, most), max ?? decimal.MaxValue) : null;
    }

    /// <summary>GB-113 to GB-117: what is paid comes first from the deductible, where the scheme has one.</summary>
    private decimal? Deductible(ClaimToCheck claim, Case view, Scheme scheme, decimal? amount, List<ClaimQuestion> questions)
    {
        if (amount == 0 || scheme.Deductible == false)
        {
            return 0;
        }

        if (amount is not { } payable || scheme.Deductible is null)
        {
            return null;
        }

        if ((claim.Policy.DeductibleRemaining ?? Left(view)) is { } left)
        {
            return Math.Min(left, payable);
        }

        questions.Add(Question("policy.deductibleRemaining"));
        return null;
    }

    private decimal? Left(Case view) => view.Facts[vocabulary.FactById["policy.deductibleRemaining"]] is { IsKnown: true } left ? left.Number : null;

    private ClaimQuestion Question(string fact) => new(fact, null, new(vocabulary.FactById[fact].QuestionNl, $"What is known about {fact}?"));

    private static string Lower(string sentence) => sentence.Length == 0 ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
