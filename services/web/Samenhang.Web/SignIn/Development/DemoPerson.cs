namespace Samenhang.Web.SignIn.Development;

/// <summary>Somebody whom one can be without a password; invented.</summary>
/// <param name="Subject">The identifier.</param>
/// <param name="Name">The name.</param>
/// <param name="Role">What this person is to Samenhang.</param>
/// <param name="Tenant">The municipality or region; empty = none.</param>
internal sealed record DemoPerson(string Subject, string Name, PersonRole Role, string Tenant)
{
    /// <summary>All of them: the municipalities are those of the tenants that come with the program.</summary>
    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("demo-noor", "Noor de Vries", PersonRole.Casemanager, "gm9901"),
        new("demo-bram", "Bram Jansen", PersonRole.Casemanager, "gm9902"),
        new("demo-fatima", "Fatima el Amrani", PersonRole.Steering, "gm9901"),
        new("demo-client", "Cliënt", PersonRole.Client, ""),
        new("demo-employer", "Els Bakker", PersonRole.Employer, ""),
        new("demo-insurer", "Joost Smit", PersonRole.Insurer, ""),
        new("demo-petra", "Petra Visser", PersonRole.PrivacyOfficer, "gm9901"),
    ];

    /// <summary>Whether this person sees one case only, which is chosen too.</summary>
    public bool NeedsCase => Role is PersonRole.Client or PersonRole.Employer or PersonRole.Insurer;
}
