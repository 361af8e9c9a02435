using System.Text.RegularExpressions;
using Samenhang.Platform.Hosting;

namespace Samenhang.Deploy.Tests;

/// <summary>docker-compose.yml and what it mounts and builds.</summary>
public sealed partial class TheContainers
{
    // Its image holds nothing but the program.
    private const string WithoutHealthCheck = "otel-collector";

    private static readonly Node Compose = DeployFiles.Yaml("docker-compose.yml");

    private static IEnumerable<(string Name, Node Value)> Ours => Compose["services"].Entries.Where(service => service.Value["build"].IsThere);

    [Fact]
    public async Task Follow_the_schema_of_the_specification()
    {
        const string Schema = "artifacts/tools/compose_spec.json";
        Assert.True(File.Exists(DeployFiles.In(Schema)) || Environment.GetEnvironmentVariable("CI") != "true", $"{Schema} is not there: ./test fetches it.");
        if (File.Exists(DeployFiles.In(Schema)))
        {
            Assert.Equal("", await DeployFiles.ValidateAsync(null, "compose", "docker-compose.yml", Schema));
        }
    }

    [Fact]
    public void Hold_every_service_and_the_pages_each_from_its_own_project()
    {
        Assert.Equal(ServiceNames.All.Append("web").Order(), Ours.Select(service => service.Name).Order());
        Assert.All(Ours, service =>
        {
            Assert.StartsWith($"{service.Name}/", service.Value["build/args/PROJECT"].Text, StringComparison.Ordinal);
            Assert.True(Directory.Exists(DeployFiles.In($"services/{service.Value["build/args/PROJECT"].Text}")), service.Name);
            Assert.True(File.Exists(DeployFiles.In(service.Value["build/dockerfile"].Text)), service.Name);
        });
        Assert.Subset(Compose["services"].Names.ToHashSet(), new HashSet<string> { "rabbitmq", "postgres", "consul", "otel-collector", "prometheus", "grafana" });
    }

    [Fact]
    public void Come_from_images_with_a_tag_that_stays()
    {
        var images = Compose["services"].Entries.Select(service => service.Value["image"].Text)
            .Concat(From().Matches(File.ReadAllText(DeployFiles.In("deploy/docker/Dockerfile"))).Select(match => match.Groups[1].Value)).ToList();
        Assert.Equal(Compose["services"].Entries.Count() + 2, images.Count);
        Assert.All(images, image => Assert.Matches(@":[\w.${}:-]*\d+\.\d+[\w.${}-]*$", image));
    }

    [Fact]
    public void Are_told_settings_that_exist()
    {
        var told = Ours.SelectMany(service => service.Value["environment"].Names.Concat(service.Value["secrets"].Items.Select(secret => secret["target"].Text))).ToList();
        Assert.True(told.Count > 60);
        Assert.All(told, name => Assert.True(Settings.Exists(name), name));
        Assert.False(Settings.Exists("SAMENHANG_RabbitMq__Hots"));
        Assert.False(Settings.Exists("SAMENHANG_Services__zwv"));
    }

    [Fact]
    public void Read_every_secret_from_a_file()
    {
        foreach (var (name, service) in Compose["services"].Entries)
        {
            Assert.Empty(service["environment"].Entries
                .Where(variable => Settings.IsSecret(variable.Name) && !variable.Value.Text.StartsWith("/run/secrets/", StringComparison.Ordinal))
                .Select(variable => $"{name}: {variable.Name}"));
            var named = service["secrets"].Items.Select(secret => secret["source"].IsThere ? secret["source"].Text : secret.Text);
            Assert.Empty(named.Except(Compose["secrets"].Names));
        }
    }

    [Fact]
    public async Task Find_every_secret_that_the_script_makes_and_no_second_run_changes_one()
    {
        var copy = Directory.CreateTempSubdirectory("samenhang-");
        try
        {
            var deploy = copy.CreateSubdirectory("deploy");
            deploy.CreateSubdirectory("rabbitmq");
            File.Copy(DeployFiles.In("deploy/secrets"), Path.Combine(deploy.FullName, "secrets"));
            File.Copy(DeployFiles.In("deploy/rabbitmq/definitions.json"), Path.Combine(deploy.FullName, "rabbitmq", "definitions.json"));
            Assert.Equal("", await DeployFiles.RunAsync(null, Path.Combine(deploy.FullName, "secrets"), []));
            var files = Compose["secrets"].Entries.Select(secret => Path.Combine(copy.FullName, secret.Value["file"].Text)).ToList();
            Assert.All(files, file => Assert.True(new FileInfo(file) is { Exists: true, Length: > 0 }, file));
            var passwords = files.Where(file => file.EndsWith("password", StringComparison.Ordinal)).ToDictionary(file => file, File.ReadAllText);
            Assert.Equal(passwords.Count, passwords.Values.Distinct().Count());
            Assert.DoesNotContain("\"password_hash\": \"\"", File.ReadAllText(files.Single(file => file.EndsWith("definitions.json", StringComparison.Ordinal))), StringComparison.Ordinal);

            Assert.Equal("", await DeployFiles.RunAsync(null, Path.Combine(deploy.FullName, "secrets"), []));
            Assert.All(passwords, password => Assert.Equal(password.Value, File.ReadAllText(password.Key)));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public void Mount_files_that_exist_and_volumes_that_are_named()
    {
        var mounts = Compose["services"].Entries.SelectMany(service => service.Value["volumes"].Items.Select(mount => mount.Text.Split(':')[0])).ToList();
        Assert.All(mounts.Where(mount => mount.StartsWith('.')), mount => Assert.True(Path.Exists(DeployFiles.In(mount)), mount));
        Assert.Equal(Compose["volumes"].Names.Order(), mounts.Where(mount => !mount.StartsWith('.')).Order());
    }

    [Fact]
    public void Start_again_are_checked_and_wait_for_what_they_need()
    {
        Assert.All(Compose["services"].Entries, service =>
        {
            Assert.Equal("unless-stopped", service.Value["restart"].Text);
            Assert.True(service.Value["healthcheck/test"].IsThere || service.Name == WithoutHealthCheck, service.Name);
            Assert.All(service.Value["depends_on"].Entries, need =>
                Assert.Equal(need.Name == WithoutHealthCheck ? "service_started" : "service_healthy", need.Value["condition"].Text));
            Assert.Empty(service.Value["depends_on"].Names.Except(Compose["services"].Names));
            Assert.Empty(service.Value["networks"].Items.Select(network => network.Text).Except(Compose["networks"].Names));
        });
    }

    [Fact]
    public void Of_ours_run_without_rights_and_ask_their_own_probe()
    {
        Assert.All(Ours, service =>
        {
            Assert.Equal("true", service.Value["read_only"].Text);
            Assert.Equal("ALL", service.Value["cap_drop/0"].Text);
            Assert.Equal("--probe", service.Value["healthcheck/test/3"].Text);
            Assert.Equal("5090", service.Value["environment/SAMENHANG_Probes__Port"].Text);
        });
        Assert.Contains("USER $APP_UID", File.ReadAllText(DeployFiles.In("deploy/docker/Dockerfile")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();
}
