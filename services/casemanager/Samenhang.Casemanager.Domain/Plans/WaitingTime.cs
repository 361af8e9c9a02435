using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Plans;

/// <summary>
/// How long a person waits for ggz, over the lists on which he stood: who leaves one list without help and comes on another waits on
/// (VWS-04; 003_d5088523c43e2035.txt 114-115). The same as the condition of deadline.waiting-time, so that term and finding agree.
/// </summary>
internal static class WaitingTime
{
    private const string Ggz = "@ggz";

    /// <summary>The day of the first request for the need, through all lists that the client left without help; null when not known.</summary>
    public static DateOnly? Since(Provision provision, Case @case, Vocabulary vocabulary)
    {
        if (provision.RequestedOn is not { } requested || !vocabulary.Matches(Ggz, provision.Scheme))
        {
            return provision.RequestedOn;
        }

        var same = @case.Provisions.Where(p => p.Id != provision.Id && vocabulary.Matches(Ggz, p.Scheme) && p.NeedIds.Intersect(provision.NeedIds).Any()).ToList();
        return same
            .Where(p => p.From is null && p.RequestedOn <= requested && IsLeft(p, requested, vocabulary)
                && !same.Exists(help => help.From >= p.RequestedOn && help.From <= requested))
            .Select(p => p.RequestedOn!.Value).Append(requested).Min();
    }

    private static bool IsLeft(Provision p, DateOnly until, Vocabulary vocabulary) =>
        p.Facts[vocabulary.FactById["prov.refusalReason"]] is not { Kind: ValueKind.Code, Code: "client-declined" } &&
        (p.Status == "refused" || (p.Status == "withdrawn" && (p.To is null || p.To >= until)));
}
