using Grpc.Core;
using Grpc.Net.Client;
using Samenhang.Access;
using Samenhang.Platform.Hosting;

namespace Samenhang.Platform.Access;

/// <summary>Calls to a development system, whose key this process can read: each is made as somebody who may make it.</summary>
public static class DevelopmentChannel
{
    /// <summary>Where the key of the development systems of this user lies: all of them share it, so that a command can call what another started.</summary>
    public static string KeyFile { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } folder ? folder : Path.GetTempPath(),
        "samenhang",
        "development-key.pem");

    /// <summary>Opens a channel on which every call carries a token, a purpose and a ground.</summary>
    /// <param name="address">Where the service listens.</param>
    /// <param name="keyFile">The key; null = <see cref="KeyFile"/>.</param>
    /// <param name="speaker">For whom; null = for each call somebody in the first role that may make it, for all tenants.</param>
    /// <param name="time">The clock of the system; null = the real one.</param>
    public static GrpcChannel Open(string address, string? keyFile = null, Speaker? speaker = null, TimeProvider? time = null) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        Credentials = ChannelCredentials.Create(
            address.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
            Credentials(keyFile ?? KeyFile, speaker, time ?? TimeProvider.System)),
        UnsafeUseInsecureChannelCallCredentials = true, // On this machine; a token on an open network would need TLS.
    });

    /// <summary>As what somebody makes a call when nothing else is said: the first role that may make it, and what that role needs it for.</summary>
    public static (Speaker Speaker, string Purpose, LegalGround Ground) Somebody(string method)
    {
        var book = AccessBook.Current;
        var role = book.Right(method)?.Roles[0] ?? CallerRole.Casemanager;
        var (purpose, ground) = PurposeOf(role);
        return (new Speaker($"development-{role.ToCode()}", role, TokenClaims.Everywhere), purpose, ground);
    }

    /// <summary>Who usually works with a service.</summary>
    public static CallerRole UsualRole(string service) => service switch
    {
        ServiceNames.Zvw => CallerRole.Insurer,
        ServiceNames.Gemeente => CallerRole.Municipality,
        ServiceNames.Uwv => CallerRole.Uwv,
        ServiceNames.Employer => CallerRole.Employer,
        _ => CallerRole.Casemanager,
    };

    /// <summary>What a role usually calls for.</summary>
    public static (string Purpose, LegalGround Ground) PurposeOf(CallerRole role)
    {
        var purpose = AccessBook.Current.OwnPurposes(role).Concat(AccessBook.Current.Purposes.Where(known => known.Roles.Contains(role))).First();
        return (purpose.Id, purpose.Grounds[^1]);
    }

    private static CallCredentials Credentials(string keyFile, Speaker? speaker, TimeProvider time)
    {
        var tokens = new Lazy<OwnTokens>(() => new OwnTokens(new AccessOptions { DevelopmentKeyFile = keyFile }, time));
        return CallCredentials.FromInterceptor((context, metadata) =>
        {
            // The address of the service is all that a credential is told: https://host:port/package.Service.
            var method = $"{new Uri(context.ServiceUrl).AbsolutePath}/{context.MethodName}";
            var (somebody, purpose, ground) = Somebody(method);
            if (speaker is not null)
            {
                (purpose, ground) = PurposeOf(speaker.Role);
            }

            foreach (var entry in tokens.Value.HeadersFor(AccessInterceptor.AudienceOf(method) ?? ServiceNames.Casemanager, speaker ?? somebody, purpose, ground))
            {
                metadata.Add(entry);
            }

            return Task.CompletedTask;
        });
    }
}
