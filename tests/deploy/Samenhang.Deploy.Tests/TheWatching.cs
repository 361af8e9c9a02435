using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Samenhang.Deploy.Tests;

/// <summary>The collector, Prometheus and Grafana: what they read is what the code tells.</summary>
public sealed partial class TheWatching
{
    private static readonly JsonNode Dashboard = JsonNode.Parse(File.ReadAllText(DeployFiles.In("deploy/grafana/dashboards/samenhang.json")))!;

    private static IEnumerable<string> OfDashboard => Dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!);

    private static IEnumerable<string> OfAlerts => DeployFiles.Yaml("deploy/prometheus/alerts.yml")["groups/0/rules"].Items.Select(rule => rule["expr"].Text);

    [Fact]
    public async Task Asks_in_expressions_that_Prometheus_understands() =>
        Assert.Equal("", await DeployFiles.ValidateAsync(string.Join('\n', OfDashboard.Concat(OfAlerts)), "promql"));

    [Fact]
    public void Asks_for_metrics_that_the_code_tells()
    {
        // As the collector writes them for Prometheus: dots become lines, and the unit and the kind come behind.
        var told = Directory.EnumerateFiles(DeployFiles.In("services"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => OurName().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value.Replace('.', '_'))).ToHashSet();
        var asked = OfDashboard.Concat(OfAlerts).SelectMany(expression => AskedName().Matches(expression).Select(match => match.Value)).Distinct().ToList();
        Assert.True(asked.Count > 5, $"only {asked.Count} of our metrics are asked for");
        Assert.All(asked, name => Assert.Contains(Suffix().Replace(name, ""), told));
    }

    [Fact]
    public void Shows_panels_with_a_title_a_meaning_and_the_provisioned_source()
    {
        var source = DeployFiles.Yaml("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources/0/uid"].Text;
        Assert.All(Dashboard["panels"]!.AsArray(), panel =>
        {
            Assert.NotEqual("", (string)panel!["title"]!);
            Assert.NotEqual("", (string)panel["description"]!);
            Assert.Equal(source, (string)panel["datasource"]!["uid"]!);
        });
        var ids = Dashboard["panels"]!.AsArray().Select(panel => (int)panel!["id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Reaches_containers_that_exist()
    {
        var containers = DeployFiles.Yaml("docker-compose.yml")["services"].Names.Append("localhost").ToHashSet();
        var targets = DeployFiles.Yaml("deploy/prometheus/prometheus.yml")["scrape_configs"].Items
            .SelectMany(job => job["static_configs"].Items).SelectMany(set => set["targets"].Items).Select(target => target.Text.Split(':')[0]).ToList();
        Assert.Contains("rabbitmq", targets);
        Assert.Empty(targets.Except(containers));
        Assert.Contains(new Uri(DeployFiles.Yaml("deploy/grafana/provisioning/datasources/prometheus.yaml")["datasources/0/url"].Text).Host, containers);
    }

    [Fact]
    public void Takes_traces_metrics_and_logs_through_parts_that_are_described()
    {
        var collector = DeployFiles.Yaml("deploy/otel/collector.yaml");
        var pipelines = collector["service/pipelines"].Entries.ToList();
        Assert.Equal(["logs", "metrics", "traces"], pipelines.Select(pipeline => pipeline.Name).Order());
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            var used = pipelines.SelectMany(pipeline => pipeline.Value[kind].Items).Select(part => part.Text).Distinct();
            Assert.Equal(collector[kind].Names.Order(), used.Order());
        }

        var endpoint = collector["exporters/prometheus/endpoint"].Text.Split(':')[1];
        Assert.Contains(DeployFiles.Yaml("deploy/prometheus/prometheus.yml").All(), node => node.Text == $"otel-collector:{endpoint}");
    }

    [GeneratedRegex(@"""(samenhang\.[a-z.]+)""")]
    private static partial Regex OurName();

    [GeneratedRegex(@"\bsamenhang_[a-z_]+")]
    private static partial Regex AskedName();

    [GeneratedRegex(@"(_seconds)?(_total|_bucket|_sum|_count)?$")]
    private static partial Regex Suffix();
}
