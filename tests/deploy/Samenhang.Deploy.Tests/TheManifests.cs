using System.Text.Json.Nodes;
using Samenhang.Platform.Hosting;

namespace Samenhang.Deploy.Tests;

/// <summary>deploy/kubernetes: the base and its overlays.</summary>
public sealed class TheManifests
{
    private const string Folder = "deploy/kubernetes";

    /// <summary>What the manifests may be: kinds of Kubernetes and KEDA, whose fields are held against their schemas.</summary>
    private static readonly string[] WithSchema =
    [
        "v1 Namespace", "v1 ConfigMap", "v1 ServiceAccount", "v1 Service", "apps/v1 Deployment", "policy/v1 PodDisruptionBudget", "networking.k8s.io/v1 NetworkPolicy",
        "networking.k8s.io/v1 Ingress", "keda.sh/v1alpha1 ScaledObject", "keda.sh/v1alpha1 TriggerAuthentication",
    ];

    /// <summary>Kinds of operators whose schemas no registry has: the fields of their spec that we use, from their documentation.</summary>
    private static readonly Dictionary<string, string[]> WithoutSchema = new()
    {
        ["rabbitmq.com/v1beta1 RabbitmqCluster"] = ["replicas", "image", "resources", "persistence", "rabbitmq", "override"],
        ["rabbitmq.com/v1beta1 Vhost"] = ["name", "defaultQueueType", "rabbitmqClusterReference"],
        ["rabbitmq.com/v1beta1 User"] = ["importCredentialsSecret", "rabbitmqClusterReference"],
        ["rabbitmq.com/v1beta1 Permission"] = ["vhost", "user", "permissions", "rabbitmqClusterReference"],
        ["postgresql.cnpg.io/v1 Cluster"] = ["instances", "imageName", "storage", "walStorage", "resources", "enablePDB", "postgresql", "bootstrap", "managed", "backup"],
        ["postgresql.cnpg.io/v1 Database"] = ["cluster", "name", "owner", "databaseReclaimPolicy", "schemas"],
        ["postgresql.cnpg.io/v1 ScheduledBackup"] = ["schedule", "backupOwnerReference", "cluster"],
    };

    private static readonly string[] Probes = ["startupProbe", "readinessProbe", "livenessProbe"];

    private static readonly string[] RightsOfAUser = ["configure", "write", "read"];

    private static readonly string[] Programs = [.. ServiceNames.All, "web"];

    private static readonly IReadOnlyList<Node> Base = Objects("base");

    private static IEnumerable<string> Kustomizations => Directory.EnumerateFiles(DeployFiles.In(Folder), "kustomization.yaml", SearchOption.AllDirectories);

    [Fact]
    public async Task Have_the_fields_and_types_that_the_schemas_of_Kubernetes_and_Keda_name() =>
        Assert.Equal("", await DeployFiles.ValidateAsync(null, ["kubernetes", .. Kustomizations.Select(file => Path.GetDirectoryName(file)!)]));

    [Fact]
    public void Are_of_known_kinds_and_stand_once()
    {
        var all = Objects("base").Concat(Objects("overlays/local")).Concat(Objects("overlays/production")).ToList();
        Assert.True(all.Count > 50, $"only {all.Count} objects");
        Assert.Empty(all.Select(Kind).Except(WithSchema.Concat(WithoutSchema.Keys)));
        Assert.All(all.Where(one => WithoutSchema.ContainsKey(Kind(one))), one => Assert.Empty(one["spec"].Names.Except(WithoutSchema[Kind(one)])));
        Assert.Equal(Base.Count, Base.Select(one => (Kind(one), one["metadata/name"].Text)).Distinct().Count());
    }

    [Fact]
    public void Are_all_named_by_a_kustomization_whose_resources_exist()
    {
        Assert.All(Kustomizations, file =>
        {
            var folder = Path.GetDirectoryName(file)!;
            var kustomization = DeployFiles.Yaml(file);
            var resources = kustomization["resources"].Items.Select(resource => resource.Text).ToList();
            Assert.All(resources, resource => Assert.True(Path.Exists(Path.Combine(folder, resource)), $"{file}: {resource}"));
            var patches = kustomization["patches"].Items.Select(patch => patch["path"].Text).Where(path => path.Length > 0);
            var used = resources.Concat(patches).Append("kustomization.yaml");
            Assert.Equal(Directory.EnumerateFiles(folder, "*.yaml").Select(path => Path.GetFileName(path)).Order(), used.Where(path => path.EndsWith(".yaml", StringComparison.Ordinal)).Order());
        });
        Assert.Equal(3, Kustomizations.Count());
    }

    [Fact]
    public void Are_patched_in_places_that_exist()
    {
        foreach (var kustomization in Kustomizations.Select(DeployFiles.Yaml))
        {
            foreach (var patch in kustomization["patches"].Items.Where(patch => patch["patch"].IsThere))
            {
                var targets = Base.Where(one => one["kind"].Text == patch["target/kind"].Text).ToList();
                var steps = new Node(new YamlDotNet.Serialization.DeserializerBuilder().Build().Deserialize<object>(patch["patch"].Text)).Items.ToList();
                Assert.NotEmpty(targets);
                Assert.NotEmpty(steps);
                Assert.All(steps, step => Assert.All(targets, target => Assert.True(target[step["path"].Text.TrimStart('/')].IsThere, $"{target["metadata/name"].Text}: {step["path"].Text}")));
            }
        }

        foreach (var file in new[] { "overlays/local/one-of-each.yaml", "overlays/production/database.yaml" })
        {
            Assert.All(DeployFiles.Documents($"{Folder}/{file}"), patch => Assert.Contains(Base, one => Kind(one) == Kind(patch) && one["metadata/name"].Text == patch["metadata/name"].Text));
        }
    }

    [Fact]
    public void Give_every_program_replicas_probes_limits_a_budget_and_no_rights()
    {
        Assert.Equal(Programs.Order(), Names("Deployment").Order());
        Assert.Equal(Programs.Order(), Names("Service").Order());
        Assert.Equal(Programs.Order(), Names("PodDisruptionBudget").Order());
        Assert.Equal(ServiceNames.All.Order(), Names("ScaledObject").Order());
        Assert.All(Of("Deployment"), deployment =>
        {
            var pod = deployment["spec/template/spec"];
            var container = pod["containers/0"];
            Assert.True(int.Parse(deployment["spec/replicas"].Text, System.Globalization.CultureInfo.InvariantCulture) >= 2);
            Assert.All(Probes, probe => Assert.Equal("probes", container[$"{probe}/httpGet/port"].Text));
            Assert.Equal("/ready", container["readinessProbe/httpGet/path"].Text);
            Assert.Equal("/alive", container["livenessProbe/httpGet/path"].Text);
            Assert.True(container["resources/requests/memory"].IsThere && container["resources/limits/memory"].IsThere);
            Assert.Equal("true", pod["securityContext/runAsNonRoot"].Text);
            Assert.Equal("RuntimeDefault", pod["securityContext/seccompProfile/type"].Text);
            Assert.Equal("false", container["securityContext/allowPrivilegeEscalation"].Text);
            Assert.Equal("true", container["securityContext/readOnlyRootFilesystem"].Text);
            Assert.Equal("ALL", container["securityContext/capabilities/drop/0"].Text);
            Assert.Equal("false", pod["automountServiceAccountToken"].Text);
            Assert.NotEmpty(pod["topologySpreadConstraints"].Items);
            Assert.Contains(container["ports"].Items, port => port["containerPort"].Text == "5090");
        });
    }

    [Fact]
    public void Name_images_with_a_tag_that_stays()
    {
        var images = Base.SelectMany(one => one.All()).SelectMany(node => new[] { node["image"].Text, node["imageName"].Text }).Where(image => image.Length > 0).ToList();
        Assert.Equal(Programs.Length + 2, images.Count);
        Assert.All(images, image => Assert.Matches(@":\d+\.\d+[\w.-]*$", image));
    }

    [Fact]
    public void Tell_settings_that_exist_and_secrets_by_reference_only()
    {
        var variables = Of("Deployment").SelectMany(one => one["spec/template/spec/containers/0/env"].Items).ToList();
        var names = variables.Select(variable => variable["name"].Text).Concat(Of("ConfigMap").SelectMany(one => one["data"].Names)).ToList();
        Assert.True(names.Count > 40);
        Assert.All(names, name => Assert.True(Settings.Exists(name), name));
        Assert.Empty(Names("Secret"));
        Assert.All(variables.Where(variable => Settings.IsSecret(variable["name"].Text)), variable => Assert.True(
            variable["valueFrom/secretKeyRef/name"].IsThere || variable["value"].Text.Contains("PASSWORD)", StringComparison.Ordinal), variable["name"].Text));
        Assert.All(Of("ConfigMap").SelectMany(one => one["data"].Names), name => Assert.False(Settings.IsSecret(name), name));
    }

    [Fact]
    public void Let_pages_call_the_casemanager_only_and_nobody_but_the_casemanager_call_a_domain()
    {
        var policies = Of("NetworkPolicy").ToDictionary(one => one["metadata/name"].Text, one => one["spec"]);
        Assert.Empty(policies["default-deny"]["podSelector"].Names);
        Assert.Equal(["Ingress", "Egress"], policies["default-deny"]["policyTypes"].Items.Select(type => type.Text));
        Assert.False(policies["default-deny"]["ingress"].IsThere || policies["default-deny"]["egress"].IsThere);

        Assert.Equal(["casemanager"], policies["web"]["egress"].Items.SelectMany(rule => rule["to"].Items).Select(AppOf));
        Assert.Equal(["casemanager"], policies["domains"]["ingress"].Items.SelectMany(rule => rule["from"].Items).Select(AppOf));
        Assert.Equal(["5432", "5672"], policies["domains"]["egress"].Items.SelectMany(rule => rule["ports"].Items).Select(port => port["port"].Text).Order());
        Assert.All(Of("Deployment"), deployment => Assert.Equal(
            deployment["metadata/name"].Text switch { "web" => "edge", "casemanager" => "casemanager", _ => "domain" }, Tier(deployment)));

        static string AppOf(Node peer) => peer["podSelector/matchLabels"].Entries.Single().Value.Text;
        static string Tier(Node deployment) => deployment["spec/template/metadata/labels"].Entries.Single(label => label.Name == "samenhang.nl/tier").Value.Text;
    }

    [Fact]
    public void Give_each_user_of_the_broker_the_rights_of_the_definitions()
    {
        var definitions = JsonNode.Parse(File.ReadAllText(DeployFiles.In("deploy/rabbitmq/definitions.json")))!["permissions"]!.AsArray();
        var rights = Of("Permission").ToDictionary(one => one["spec/user"].Text, one => one["spec/permissions"]);
        Assert.Equal(definitions.Select(one => (string)one!["user"]!).Order(), rights.Keys.Order());
        Assert.All(definitions, one => Assert.All(RightsOfAUser, right => Assert.Equal((string)one![right]!, rights[(string)one["user"]!][right].Text)));
    }

    private static IReadOnlyList<Node> Objects(string folder)
    {
        var kustomization = DeployFiles.Yaml($"{Folder}/{folder}/kustomization.yaml");
        return [.. kustomization["resources"].Items.Select(resource => resource.Text).Where(resource => resource.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(resource => DeployFiles.Documents($"{Folder}/{folder}/{resource}"))];
    }

    private static string Kind(Node one) => $"{one["apiVersion"].Text} {one["kind"].Text}";

    private static IEnumerable<Node> Of(string kind) => Base.Where(one => one["kind"].Text == kind);

    private static IEnumerable<string> Names(string kind) => Of(kind).Select(one => one["metadata/name"].Text);
}
