using System.Text;
using Grpc.Core;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Casemanager;

/// <summary>
/// For whom a request is made: the edge fills it in, and every call to the casemanager carries it, so that what happens there is
/// written under the name of a person and not of the pages.
/// </summary>
public sealed class Caller
{
    /// <summary>The subject as the issuer gives it.</summary>
    public const string SubjectHeader = "x-samenhang-subject";

    /// <summary>The role, as <see cref="PersonRole"/> names it, in small letters.</summary>
    public const string RoleHeader = "x-samenhang-role";

    /// <summary>The municipality or region.</summary>
    public const string TenantHeader = "x-samenhang-tenant";

    /// <summary>Who is signed in; null = nobody.</summary>
    public Person? Person { get; internal set; }

    /// <summary>As metadata of a call. Headers hold ASCII only: what is not, is sent as UTF-8 in the name with <c>-bin</c>.</summary>
    internal Metadata Headers()
    {
        var headers = new Metadata();
        if (Person is { } person)
        {
            Add(headers, SubjectHeader, person.Subject);
            Add(headers, RoleHeader, person.Role.ToString().ToLowerInvariant());
            Add(headers, TenantHeader, person.Tenant);
        }

        return headers;
    }

    private static void Add(Metadata headers, string name, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (value.All(letter => letter is >= ' ' and <= '~'))
        {
            headers.Add(name, value);
        }
        else
        {
            headers.Add(name + "-bin", Encoding.UTF8.GetBytes(value));
        }
    }
}
