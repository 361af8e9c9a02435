namespace Samenhang.Platform.Hosting;

/// <summary>The names of the services: of their queue, their store, their address and their logs.</summary>
public static class ServiceNames
{
    /// <summary>Insured care and the boundary between Zvw and Wlz.</summary>
    public const string Zvw = "zvw";

    /// <summary>Wmo, Participatiewet, Jeugdwet.</summary>
    public const string Gemeente = "gemeente";

    /// <summary>ZW, WIA, Wajong, WAO/WAZ, WW.</summary>
    public const string Uwv = "uwv";

    /// <summary>The Wet verbetering poortwachter.</summary>
    public const string Employer = "employer";

    /// <summary>The case, the plan and the findings.</summary>
    public const string Casemanager = "casemanager";

    /// <summary>All five, in the order in which a case meets them.</summary>
    public static IReadOnlyList<string> All { get; } = [Casemanager, Zvw, Gemeente, Uwv, Employer];

    /// <summary>The queue on which a service hears: <c>samenhang.zvw</c>.</summary>
    public static string QueueOf(string service) => $"samenhang.{service}";
}
