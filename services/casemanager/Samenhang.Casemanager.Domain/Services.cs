namespace Samenhang.Casemanager.Domain;

/// <summary>The names of the services, as facts, schemes and parties use them.</summary>
public static class Services
{
    /// <summary>Insured care, and the boundary of Zvw and Wlz. It is asked first.</summary>
    public const string Zvw = "zvw";

    /// <summary>The municipality.</summary>
    public const string Gemeente = "gemeente";

    /// <summary>The employee insurances.</summary>
    public const string Uwv = "uwv";

    /// <summary>The employer under the Wet verbetering poortwachter.</summary>
    public const string Employer = "employer";

    /// <summary>The casemanager, which also answers for the schemes of no service.</summary>
    public const string Casemanager = "casemanager";

    /// <summary>The services that are asked after zvw has answered, in a fixed order.</summary>
    public static IReadOnlyList<string> AfterZvw { get; } = [Gemeente, Uwv, Employer];

    /// <summary>All services that are asked, in the order of asking.</summary>
    public static IReadOnlyList<string> Asked { get; } = [Zvw, .. AfterZvw];
}
