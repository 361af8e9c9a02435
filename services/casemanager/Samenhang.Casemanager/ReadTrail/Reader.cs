using System.Text;
using Grpc.Core;

namespace Samenhang.Casemanager.ReadTrail;

/// <summary>The person for whom a call is made, as the caller's metadata says.</summary>
/// <param name="Subject">Who, as the issuer of the sign-in knows this person.</param>
/// <param name="Role">In which role.</param>
/// <param name="Tenant">For which municipality or region; empty when for none.</param>
internal sealed record Reader(string Subject, string Role, string Tenant)
{
    private const string SubjectHeader = "x-samenhang-subject";
    private const string RoleHeader = "x-samenhang-role";
    private const string TenantHeader = "x-samenhang-tenant";
    private const int Longest = 200;

    /// <summary>Reads it; null when the call is made for no person (a system that answers for itself).</summary>
    public static Reader? Of(Metadata headers) =>
        Text(headers, SubjectHeader) is { Length: > 0 } subject ? new(subject, Text(headers, RoleHeader), Text(headers, TenantHeader)) : null;

    private static string Text(Metadata headers, string name)
    {
        var text = headers.GetValue(name) ?? (headers.GetValueBytes(name + "-bin") is { } bytes ? Encoding.UTF8.GetString(bytes) : "");
        return text.Length > Longest ? text[..Longest] : text;
    }
}
