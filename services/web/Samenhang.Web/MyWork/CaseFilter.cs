using Samenhang.Protos.Casemanager.V1;
using Samenhang.Protos.Common.V1;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.MyWork;

/// <summary>Which cases a casemanager wants to see, as it stands in the address of the list.</summary>
/// <param name="Text">Words of the title.</param>
/// <param name="Whose">all, mine or nobody.</param>
/// <param name="Severity">How grave at least.</param>
/// <param name="Family">The family of findings; empty = every.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Order">The order.</param>
/// <param name="After">Where the page begins; empty = at the first case.</param>
public sealed record CaseFilter(string Text, string Whose, Severity Severity, string Family, RoundStatus Status, CaseOrder Order, string After)
{
    /// <summary>How many cases stand on a page.</summary>
    public const int PageSize = 25;

    /// <summary>The families of findings.</summary>
    public static IReadOnlyList<string> Families { get; } = ["uncovered", "overlap", "route", "coordination", "deadline", "claim", "undetermined", "privacy"];

    /// <summary>Whose cases can be asked.</summary>
    public static IReadOnlyList<string> Owners { get; } = ["all", "mine", "nobody"];

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => Text.Length > 0 || Whose != "all" || Severity != Severity.Unspecified || Family.Length > 0 || Status != RoundStatus.Unspecified;

    /// <summary>Reads it; what is not understood is left out.</summary>
    public static CaseFilter Of(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var text = query["q"].ToString();
        return new(
            text.Length <= 200 ? text : text[..200],
            Owners.FirstOrDefault(whose => whose == query["whose"]) ?? Owners[0],
            Named(query["severity"].ToString(), Severity.Unspecified),
            Families.FirstOrDefault(family => family == query["family"]) ?? "",
            Named(query["status"].ToString(), RoundStatus.Unspecified),
            Named(query["order"].ToString(), CaseOrder.Urgency),
            query["after"].ToString());
    }

    /// <summary>What is asked of the casemanager for this person.</summary>
    internal SearchCasesRequest For(Person person) => new()
    {
        Tenant = person.Tenant,
        Text = Text,
        Assignee = Whose == "mine" ? person.Subject : "",
        Unassigned = Whose == "nobody",
        MinimumSeverity = Severity,
        FindingFamily = Family,
        RoundStatus = Status,
        Order = Order,
        PageSize = PageSize,
        PageToken = After,
    };

    private static T Named<T>(string text, T otherwise)
        where T : struct, Enum => Enum.GetNames<T>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<T>(text) : otherwise;
}
