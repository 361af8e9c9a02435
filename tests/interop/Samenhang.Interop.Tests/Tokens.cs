using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;

namespace Samenhang.Interop.Tests;

/// <summary>Tokens for programs that others wrote, as an issuer would hand them out.</summary>
internal static class Tokens
{
    private static readonly OwnTokens Issuer = new(new AccessOptions { DevelopmentKeyFile = DevelopmentChannel.KeyFile }, TimeProvider.System);

    /// <summary>A token for a service, in the role of who works with it.</summary>
    public static string For(string service) => Issuer.For(service, new Speaker("interop", DevelopmentChannel.UsualRole(service), "*"));

    /// <summary>What such a call is for, and on which ground.</summary>
    public static (string Purpose, string Ground) PurposeFor(string service)
    {
        var (purpose, ground) = DevelopmentChannel.PurposeOf(DevelopmentChannel.UsualRole(service));
        return (purpose, ground.ToCode());
    }

    /// <summary>The same as variables of a program.</summary>
    public static Dictionary<string, string> VariablesFor(string service)
    {
        var (purpose, ground) = PurposeFor(service);
        return new() { ["SAMENHANG_TOKEN"] = For(service), ["SAMENHANG_PURPOSE"] = purpose, ["SAMENHANG_GROUND"] = ground };
    }

    /// <summary>Those of an insurer that reads what it subscribed to.</summary>
    public static Dictionary<string, string> OfInsurer(string uzovi) => new()
    {
        ["SAMENHANG_TOKEN"] = Issuer.For(ServiceNames.Casemanager, new Speaker("insurer", CallerRole.Insurer, $"uzovi{uzovi}")),
        ["SAMENHANG_PURPOSE"] = "zvw-uitvoering",
        ["SAMENHANG_GROUND"] = LegalGround.LegalDuty.ToCode(),
    };
}
