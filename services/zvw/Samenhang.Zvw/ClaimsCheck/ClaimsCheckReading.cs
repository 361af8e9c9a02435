using Samenhang.Api.Reading;
using Samenhang.Api.Writing;
using Samenhang.Language;
using Samenhang.Rules;
using Samenhang.Zvw.Paths;
using Wire = Samenhang.Protos.Zvw.V1;

namespace Samenhang.Zvw.ClaimsCheck;

/// <summary>Reads the insurance of a client and writes what becomes of a bill.</summary>
internal static class ClaimsCheckReading
{
    internal static PolicyTerms Policy(this RequestReader reader, string path, Wire.Policy? policy)
    {
        policy ??= new Wire.Policy();
        foreach (var (field, cents) in new[]
        {
            ("agreed_price_eurocents", policy.AgreedPriceEurocents), ("market_tariff_eurocents", policy.MarketTariffEurocents),
            ("deductible_remaining_eurocents", policy.DeductibleRemainingEurocents),
        })
        {
            if (cents < 0)
            {
                FactFields.Negative(reader, $"{path}.{field}");
            }
        }

        return new PolicyTerms
        {
            Kind = reader.OptionalCode($"{path}.kind", policy.Kind, reader.Vocabulary.FactById["policy.type"].Values!),
            Contract = policy.HasContract ? policy.Contract : null,
            AgreedPrice = policy.HasAgreedPriceEurocents ? policy.AgreedPriceEurocents / 100m : null,
            Percentage = policy.Percentage.Length > 0 ? FactFields.Number(reader, $"{path}.percentage", policy.Percentage) : null,
            MarketTariff = policy.HasMarketTariffEurocents ? policy.MarketTariffEurocents / 100m : null,
            DeductibleRemaining = policy.HasDeductibleRemainingEurocents ? policy.DeductibleRemainingEurocents / 100m : null,
        };
    }

    internal static Wire.LineVerdict ToWire(this LineVerdict verdict, int number, IReadOnlyDictionary<string, RuleSource> sources)
    {
        var wire = new Wire.LineVerdict
        {
            Line = number,
            Scheme = verdict.Scheme,
            Verdict = verdict.Verdict switch
            {
                Verdict.Payable => Wire.Verdict.Payable,
                Verdict.NotPayable => Wire.Verdict.NotPayable,
                Verdict.Undetermined => Wire.Verdict.Undetermined,
            },
            PayableTo = verdict.PayableTo switch
            {
                Payee.Provider => Wire.PayableTo.Provider,
                Payee.Client => Wire.PayableTo.Client,
                Payee.Nobody => Wire.PayableTo.Nobody,
                null => Wire.PayableTo.Unspecified,
            },
            Reasons = { verdict.Reasons.Select(reason => ToWire(reason, sources)) },
            Questions = { verdict.Questions.Select(question => new Wire.ClaimQuestion { FactId = question.Fact ?? "", Field = question.Field ?? "", Sentence = question.Sentence.ToWire() }) },
            Coverage = { verdict.Coverage.Select(WireWriter.ToWire) },
        };
        if (verdict.Payable is { } payable)
        {
            wire.PayableEurocents = Cents(payable);
        }

        if (verdict.Deductible is { } deductible)
        {
            wire.DeductibleEurocents = Cents(deductible);
        }

        if (verdict.MaxTariff is { } max)
        {
            wire.MaxTariffEurocents = Cents(max);
        }

        return wire;
    }

    private static Wire.ClaimReason ToWire(ClaimReason reason, IReadOnlyDictionary<string, RuleSource> sources) => new()
    {
        Effect = reason.Effect switch
        {
            GroundEffect.Refuses => Wire.PaymentEffect.Refuses,
            GroundEffect.Holds => Wire.PaymentEffect.Holds,
            GroundEffect.Caps => Wire.PaymentEffect.Caps,
            GroundEffect.Informs => Wire.PaymentEffect.Informs,
            null => Wire.PaymentEffect.Open,
        },
        FlagId = reason.FlagId ?? "",
        Rules = { reason.RuleIds.Select(rule => (sources.GetValueOrDefault(rule) ?? new RuleSource(rule, "", "", "")).ToWire()) },
        Sentence = reason.Sentence.ToWire(),
    };

    private static long Cents(decimal euros) => (long)Math.Round(euros * 100, MidpointRounding.AwayFromZero);
}
