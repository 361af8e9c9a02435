using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Samenhang.Access;
using Samenhang.Platform.Access;
using Samenhang.Platform.Hosting;
using Samenhang.TestSupport;

namespace Samenhang.Platform.Tests.Access;

/// <summary>Keys of an issuer come from a file or from discovery, and change without a restart.</summary>
public sealed class IssuerKeysTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly MovableTime time = new(new DateOnly(2026, 11, 22));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_service_believes_the_public_half_and_the_roles_that_its_line_names()
    {
        using var tokens = Sign("first");
        Publish("first");
        using var check = Check("service");

        Assert.Equal("zvw-caller", (await check.CheckAsync(tokens.For(ServiceNames.Zvw, Self), ServiceNames.Zvw, CancellationToken.None)).Claims?.Subject);
        Assert.Equal("audience", (await check.CheckAsync(tokens.For(ServiceNames.Zvw, Self), ServiceNames.Uwv, CancellationToken.None)).Fault);
        Assert.Equal(
            "role that this issuer may not give",
            (await check.CheckAsync(tokens.For(ServiceNames.Zvw, Self with { Role = CallerRole.Casemanager }), ServiceNames.Zvw, CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task A_new_key_is_read_when_a_token_names_it()
    {
        using var before = Sign("first");
        using var after = Sign("second");
        Publish("first");
        using var check = Check("service");
        Assert.NotNull((await check.CheckAsync(before.For(ServiceNames.Zvw, Self), ServiceNames.Zvw, CancellationToken.None)).Claims);
        Assert.Equal("signature", (await check.CheckAsync(after.For(ServiceNames.Zvw, Self), ServiceNames.Zvw, CancellationToken.None)).Fault);

        Publish("second");
        time.Advance(TimeSpan.FromSeconds(10)); // Nobody makes us read without end.

        Assert.NotNull((await check.CheckAsync(after.For(ServiceNames.Zvw, Self), ServiceNames.Zvw, CancellationToken.None)).Claims);
    }

    [Fact]
    public async Task A_token_that_is_over_opens_nothing_though_it_was_right_before()
    {
        using var tokens = Sign("first");
        Publish("first");
        using var check = Check("service");
        var token = tokens.For(ServiceNames.Zvw, Self);
        Assert.NotNull((await check.CheckAsync(token, ServiceNames.Zvw, CancellationToken.None)).Claims);

        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("lifetime", (await check.CheckAsync(token, ServiceNames.Zvw, CancellationToken.None)).Fault);
    }

    private static Speaker Self { get; } = new("zvw-caller", CallerRole.Service, "*");

    private OwnTokens Sign(string key)
    {
        SigningKey.ReadOrMake(folder.File(key));
        return new OwnTokens(new AccessOptions { Name = "casemanager", KeyFile = folder.File(key) }, time);
    }

    private void Publish(string key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(folder.File(key)));
        File.WriteAllText(folder.File("public.pem"), rsa.ExportSubjectPublicKeyInfoPem());
    }

    private TokenCheck Check(params string[] roles)
    {
        var options = new AccessOptions();
        var issuer = new IssuerOptions { Authority = "casemanager", KeysFile = folder.File("public.pem") };
        issuer.Roles.AddRange(roles);
        options.Issuers.Add(issuer);
        return new TokenCheck(Options.Create(options), time, NullLogger<TokenCheck>.Instance);
    }
}
