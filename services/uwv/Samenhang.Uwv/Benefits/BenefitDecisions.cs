using Samenhang.Domains;
using Samenhang.Language;
using Samenhang.Platform.Errors;
using Samenhang.Uwv.Records;

namespace Samenhang.Uwv.Benefits;

/// <summary>What may happen to a benefit, and when. Pure.</summary>
public static class BenefitDecisions
{
    /// <summary>Takes in an application. The WAO and WAZ are closed, and so is the old Wajong.</summary>
    public static Result<BenefitEvent> Apply(Benefit asked, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var closed = asked.Law switch
        {
            BenefitLaw.Wao or BenefitLaw.Waz => "wao.closedFrom",
            BenefitLaw.Wajong => "wajong.closedFrom",
            _ => null,
        };
        return closed is not null && vocabulary.Of(closed, asked.AppliedOn).Date is var from && asked.AppliedOn >= from
            ? Forbidden.Because("LAW_CLOSED", Name(asked), $"Deze uitkering kan sinds {from:yyyy-MM-dd} niet meer worden aangevraagd.", $"This benefit cannot be applied for since {from:yyyy-MM-dd}.")
            : new BenefitEvent.Applied(asked);
    }

    /// <summary>Grants it. For the WIA the incapacity must be judged, and enough.</summary>
    public static Result<BenefitEvent> Grant(Benefit current, DateOnly on, DateOnly from, decimal? percent, Permanence? permanence, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return Open(current, on).Then<BenefitEvent>(open =>
        {
            var least = vocabulary.Of("wia.minIncapacityPercent", on).Number;
            return open.Law == BenefitLaw.Wia && !(percent >= least)
                ? Forbidden.Because("TOO_LITTLE_INCAPACITY", Name(open),
                    $"Voor de WIA is ten minste {least} procent arbeidsongeschiktheid nodig.", $"The WIA needs at least {least} percent incapacity.")
                : new BenefitEvent.Granted(open with
                {
                    Status = BenefitStatus.Granted,
                    DecidedOn = on,
                    From = from,
                    IncapacityPercent = percent,
                    IsFull = percent >= vocabulary.Of("wia.fullIncapacityPercent", on).Number,
                    Permanence = permanence,
                });
        });
    }

    /// <summary>Refuses it.</summary>
    public static Result<BenefitEvent> Refuse(Benefit current, DateOnly on, string reason) => Open(current, on)
        .Map<BenefitEvent>(open => new BenefitEvent.Refused(open with { Status = BenefitStatus.Refused, DecidedOn = on, RefusalReason = reason }));

    /// <summary>Ends it.</summary>
    /// <param name="current">The benefit.</param>
    /// <param name="to">The last day.</param>
    /// <param name="anotherRuns">Whether the client has another benefit of UWV.</param>
    public static Result<BenefitEvent> End(Benefit current, DateOnly to, bool anotherRuns)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.Status != BenefitStatus.Granted
            ? Forbidden.Because("BENEFIT_NOT_RUNNING", Name(current), "Alleen een toegekende uitkering kan eindigen.", "Only a benefit that was granted can end.")
            : to < current.From ? Forbidden.TooEarly(Name(current), current.From.Value)
            : new BenefitEvent.Ended(current with { Status = BenefitStatus.Ended, To = to, AnotherRuns = anotherRuns });
    }

    private static Result<Benefit> Open(Benefit current, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(current);
        return current.Status != BenefitStatus.Applied
            ? Forbidden.Because("APPLICATION_NOT_OPEN", Name(current), "Over deze aanvraag is al beslist.", "This application was decided already.")
            : on < current.AppliedOn ? Forbidden.TooEarly(Name(current), current.AppliedOn)
            : current;
    }

    private static string Name(Benefit benefit) => $"benefit/{benefit.Id}";
}
