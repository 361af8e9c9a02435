using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Samenhang.Platform.Access;
using Samenhang.TestSupport;

namespace Samenhang.Platform.Tests.Access;

public sealed class AccessOptionsTests
{
    [Fact]
    public void Production_does_not_start_with_the_key_of_developers() =>
        Assert.Contains("not for an environment named Production", Assert.Single(Faults("Production", new AccessOptions { DevelopmentKeyFile = "key.pem" })), StringComparison.Ordinal);

    [Fact]
    public void Elsewhere_it_does() => Assert.Empty(Faults("Development", new AccessOptions { DevelopmentKeyFile = "key.pem" }));

    [Fact]
    public void Every_wrong_setting_is_named_at_once()
    {
        var options = new AccessOptions { Name = "web", Organisations = { ["123"] = "gm9901" } };
        options.Issuers.Add(new IssuerOptions { Authority = "http://issuer.example" });
        options.Issuers.Add(new IssuerOptions { Authority = "zvw", KeysFile = "nowhere.pem", Roles = { "king" } });

        var faults = Faults("Production", options);

        Assert.Equal(5, faults.Count);
        foreach (var part in new[] { "Issuers:0:Authority must be an https address", "Issuers:1:KeysFile: the file nowhere.pem", "'king' is no role", "'123' is no OIN", "Name and KeyFile go together" })
        {
            Assert.Contains(faults, fault => fault.Contains(part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_shared_key_is_made_once_and_only_its_owner_reads_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("keys/development.pem");

        var made = Enumerable.Range(0, 4).AsParallel().Select(_ => SigningKey.ReadOrMake(file).KeyId).ToList();

        Assert.Single(made.Distinct());
        Assert.Single(Directory.GetFiles(folder.File("keys")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    private static List<string> Faults(string environment, AccessOptions options) =>
        [.. new AccessOptionsValidator(new Place(environment)).Validate(null, options).Failures ?? []];

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
