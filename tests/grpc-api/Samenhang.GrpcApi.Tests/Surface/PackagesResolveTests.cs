using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Samenhang.Interop.Echo;
using Samenhang.Platform.Grpc;

namespace Samenhang.GrpcApi.Tests.Surface;

/// <summary>Keeps Grpc.Core.Api and Grpc.Net.Common honest: everything that the packages and generated stubs ask of them is there.</summary>
public sealed class PackagesResolveTests
{
    private static readonly Assembly[] Ours = [typeof(Status).Assembly, typeof(ICompressionProvider).Assembly];

    private static readonly OfferedSurface[] Offered = [.. Ours.Select(assembly => AssemblySurface.Offered(assembly.Location))];

    private static readonly string[] UserPaths =
    [
        typeof(GrpcServiceOptions).Assembly.Location,
        typeof(GrpcChannel).Assembly.Location,
        typeof(EchoService).Assembly.Location,
        typeof(SamenhangGrpcExtensions).Assembly.Location,
    ];

    public static TheoryData<string> Users => [.. UserPaths];

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_type_and_member_that_it_references_is_there(string user) =>
        Assert.Empty(Missing(ReferencesOf(user), Offered));

    [Fact]
    public void The_packages_really_lean_on_both_assemblies()
    {
        var references = UserPaths.SelectMany(ReferencesOf).Distinct().ToList();

        Assert.Contains(new Reference("Grpc.Core.Api", "Grpc.Core.Status", "Void .ctor(Grpc.Core.StatusCode, String)"), references);
        Assert.Contains(new Reference("Grpc.Net.Common", "Grpc.Net.Compression.ICompressionProvider", "String get_EncodingName()"), references);
        Assert.True(references.Count > 130, $"only {references.Count} references were read");
    }

    [Fact]
    public void Without_any_one_of_the_referenced_rows_the_check_fails_and_names_it()
    {
        var references = UserPaths.SelectMany(ReferencesOf).Distinct().ToList();

        Assert.All(references, reference =>
        {
            OfferedSurface[] poorer =
            [
                .. Offered.Select(surface => surface with
                {
                    Rows = surface.Rows.Where(row => row != reference.Row).ToHashSet(StringComparer.Ordinal),
                }),
            ];
            Assert.Equal([reference], Missing([reference], poorer));
        });
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void It_finds_the_name_version_and_key_that_it_was_built_against(string user) =>
        Assert.All(AssemblySurface.ReferencedAssemblies(user), wanted =>
        {
            if (Ours.SingleOrDefault(assembly => assembly.GetName().Name == wanted.Name) is { } ours)
            {
                Assert.Equal(wanted.GetPublicKeyToken(), ours.GetName().GetPublicKeyToken());
                Assert.True(ours.GetName().Version >= wanted.Version);
            }
        });

    [Theory]
    [MemberData(nameof(Users))]
    public void Each_of_its_types_loads_so_nothing_abstract_is_left_open(string user) =>
        Assert.NotEmpty(Assembly.LoadFrom(user).GetTypes());

    [Theory]
    [MemberData(nameof(Users))]
    public void Each_of_its_overrides_overrides_something(string user)
    {
        const BindingFlags Declared =
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var overrides = Assembly.LoadFrom(user).GetTypes()
            .Where(type => type.BaseType is { } parent && Ours.Contains(parent.Assembly))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.IsVirtual && (method.Attributes & MethodAttributes.NewSlot) == 0);

        Assert.All(overrides, method => Assert.NotEqual(method.DeclaringType, method.GetBaseDefinition().DeclaringType));
    }

    private static IReadOnlyList<Reference> ReferencesOf(string user) =>
        AssemblySurface.References(user, Offered.Select(surface => surface.Assembly).ToHashSet(StringComparer.Ordinal));

    private static List<Reference> Missing(IEnumerable<Reference> references, OfferedSurface[] offered) =>
        [.. references.Where(reference => !IsOffered(reference, offered.Single(surface => surface.Assembly == reference.Assembly)))];

    private static bool IsOffered(Reference reference, OfferedSurface surface)
    {
        if (reference.Member is null)
        {
            return surface.Rows.Contains(reference.Row);
        }

        // A constructor is its own type's; any other member may be declared by a base type of the type that the reference names.
        if (reference.Member.Contains(" .ctor(", StringComparison.Ordinal))
        {
            return surface.Rows.Contains(reference.Row);
        }

        for (var type = reference.Type; type is not null; type = surface.BaseTypes.GetValueOrDefault(type))
        {
            if (surface.Rows.Contains($"{type}::{reference.Member}"))
            {
                return true;
            }
        }

        return false;
    }
}
