using System.Text.Json.Serialization;
using Samenhang.Domains.Records;
using Samenhang.Messages.Cases;
using Samenhang.Platform.Errors;
using Samenhang.Platform.Hosting;
using Samenhang.Uwv.Benefits;
using Samenhang.Uwv.Records;

namespace Samenhang.Uwv.Judgements;

/// <summary>A judgement on what work is possible: its result, never what the client has.</summary>
public sealed record Judgement : IRecord
{
    /// <inheritdoc/>
    public static string Kind => "judgement";

    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string? CasePseudonym { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string? OwnReference => null;

    /// <summary>Who judges.</summary>
    public required Expert Expert { get; init; }

    /// <summary>The day on which it was asked.</summary>
    public required DateOnly AskedOn { get; init; }

    /// <summary>The day on which it was given, or null.</summary>
    public DateOnly? GivenOn { get; init; }

    /// <summary>The result, or null.</summary>
    public JudgedCapacity? Result { get; init; }
}

/// <summary>Who judges for UWV.</summary>
public enum Expert
{
    /// <summary>The insurance physician.</summary>
    InsurancePhysician,

    /// <summary>The labour expert.</summary>
    LabourExpert,
}

/// <summary>What was judged.</summary>
/// <param name="HasCapacity">Whether the client can work at all.</param>
/// <param name="IncapacityPercent">The incapacity in percent, or null.</param>
/// <param name="Permanence">Whether it is for good, or null.</param>
/// <param name="OnlyAdaptedWork">Whether the client can only do adapted work, or null.</param>
public sealed record JudgedCapacity(bool HasCapacity, decimal? IncapacityPercent, Permanence? Permanence, bool? OnlyAdaptedWork);

/// <summary>What happened to a judgement.</summary>
public abstract record JudgementEvent(Judgement After) : RecordEvent<Judgement>(After)
{
    /// <summary>It was asked.</summary>
    public sealed record Asked(Judgement After) : JudgementEvent(After);

    /// <summary>It was given.</summary>
    public sealed record Given(Judgement After) : JudgementEvent(After);
}

/// <summary>What may happen to a judgement, and when. Pure.</summary>
public static class JudgementDecisions
{
    /// <summary>Records what the expert judged.</summary>
    public static Result<JudgementEvent> Give(Judgement current, DateOnly on, JudgedCapacity result)
    {
        ArgumentNullException.ThrowIfNull(current);
        var name = $"judgement/{current.Id}";
        return current.Result is not null ? Forbidden.Because("JUDGEMENT_GIVEN", name, "Dit oordeel is al gegeven.", "This judgement was given already.")
            : on < current.AskedOn ? Forbidden.TooEarly(name, current.AskedOn)
            : new JudgementEvent.Given(current with { GivenOn = on, Result = result });
    }
}

/// <summary>What a judgement says about its case.</summary>
internal static class JudgementNews
{
    public static CaseNews Of(JudgementEvent happened)
    {
        var judgement = happened.After;
        return new CaseNews
        {
            Facts = judgement.Result is { } result ? [.. Facts(result)] : [],
            Provisions =
            [
                new ProvisionView
                {
                    Id = judgement.Id,
                    Scheme = "uwv-capacity-judgement",
                    Domain = ServiceNames.Uwv,
                    Status = judgement.Result is null ? "requested" : "ended",
                    RequestedOn = judgement.AskedOn,
                    To = judgement.GivenOn,
                },
            ],
            Events = happened is JudgementEvent.Given ? [Said.Event("work-capacity-assessment", judgement.GivenOn!.Value)] : [],
            Evidence = happened is JudgementEvent.Given
                ? [new EvidenceView("capacity-report", judgement.GivenOn, null, [Said.Fact("by", judgement.Expert == Expert.InsurancePhysician ? "insurance physician" : "labour expert")])]
                : [],
        };
    }

    private static IEnumerable<KnownFact> Facts(JudgedCapacity result)
    {
        yield return Said.Fact("work.capacityAssessed", true);
        yield return Said.Fact("work.hasCapacity", result.HasCapacity);
        if (result.IncapacityPercent is { } percent)
        {
            yield return Said.Fact("work.incapacityPercent", percent);
        }

        if (result.Permanence is { } permanence)
        {
            yield return Said.Fact("work.permanence", BenefitNews.Code(permanence));
        }

        if (result.OnlyAdaptedWork is { } adapted)
        {
            yield return Said.Fact("work.onlyAdaptedWork", adapted);
        }
    }
}
