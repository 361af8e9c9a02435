using Samenhang.Web.SignIn;

namespace Samenhang.Web.Frame;

/// <summary>An entry of the main menu.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Key">The key of its text.</param>
/// <param name="Shortcut">The letter after <c>g</c> on the keyboard; null = none.</param>
/// <param name="Roles">Who has it.</param>
public sealed record NavigationEntry(string Address, string Key, string? Shortcut, IReadOnlyList<PersonRole>? Roles)
{
    private static readonly NavigationEntry[] All =
    [
        new("/", "nav.work", "m", PageAccess.Casework.Roles),
        new("/cases", "nav.cases", "c", PageAccess.Casework.Roles),
        new("/cases/new", "nav.new", "n", PageAccess.Casework.Roles),
        new("/plan", "nav.plan", "p", [PersonRole.Client]),
        new("/part", "nav.part", "p", PageAccess.Part.Roles),
        new("/emergencies", "nav.emergencies", "s", PageAccess.Oversight.Roles),
        new("/region", "nav.region", "r", PageAccess.Region.Roles),
        new("/help", "nav.help", "h", PageAccess.SignedIn.Roles),
    ];

    /// <summary>The entries for this person.</summary>
    public static IEnumerable<NavigationEntry> For(Person? person) => person is null ? [] : All.Where(entry => entry.Roles!.Contains(person.Role));

    /// <summary>Where this person begins.</summary>
    public static string HomeOf(Person? person) => For(person).FirstOrDefault()?.Address ?? "/";

    /// <summary>Whether a page lies under this entry: the longest entry that fits is the one. What a client, an employer or an insurer sees lies below the case, but is the entry where they begin.</summary>
    public static NavigationEntry? Current(Person? person, string path) => (person is { Role: PersonRole.Client } && path.EndsWith("/for-client", StringComparison.Ordinal))
        || (person is { Role: PersonRole.Employer or PersonRole.Insurer } && path.EndsWith("/part", StringComparison.Ordinal))
        ? For(person).First()
        : For(person).Where(entry => path == entry.Address || (entry.Address != "/" && path.StartsWith(entry.Address + "/", StringComparison.Ordinal))).MaxBy(entry => entry.Address.Length);
}

/// <summary>A step of the way to a page.</summary>
/// <param name="Address">Where it goes.</param>
/// <param name="Text">What it is called.</param>
public sealed record Crumb(string Address, string Text);
