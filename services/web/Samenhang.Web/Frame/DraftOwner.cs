using System.Security.Cryptography;
using System.Text;
using Samenhang.Web.SignIn;

namespace Samenhang.Web.Frame;

/// <summary>Under whose name a browser keeps drafts: who signs in next on the same machine does not get them.</summary>
internal static class DraftOwner
{
    /// <summary>A code that tells nothing of the person.</summary>
    public static string Of(Person person) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("draft:" + person.Subject)))[..16];
}
