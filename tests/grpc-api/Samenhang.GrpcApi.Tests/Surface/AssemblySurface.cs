using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Samenhang.GrpcApi.Tests.Surface;

/// <summary>What an assembly offers to others: every visible type and member, written as its signature.</summary>
internal sealed record OfferedSurface(string Assembly, IReadOnlySet<string> Rows, IReadOnlyDictionary<string, string> BaseTypes);

/// <summary>One row by which an assembly leans on another: a type, or a member of a type.</summary>
internal sealed record Reference(string Assembly, string Type, string? Member)
{
    public string Row => Member is null ? Type : $"{Type}::{Member}";
}

/// <summary>Reads the metadata of assemblies without loading them.</summary>
internal static class AssemblySurface
{
    private static readonly SignatureNames Names = new();

    public static OfferedSurface Offered(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var rows = new HashSet<string>(StringComparer.Ordinal);
        var baseTypes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if (!IsVisible(reader, type))
            {
                continue;
            }

            var name = Names.GetTypeFromDefinition(reader, handle, 0);
            rows.Add(name);
            if (!type.BaseType.IsNil)
            {
                baseTypes[name] = Names.NameOf(reader, type.BaseType).Split('<')[0];
            }

            foreach (var methodHandle in type.GetMethods())
            {
                var method = reader.GetMethodDefinition(methodHandle);
                if ((method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem)
                {
                    rows.Add($"{name}::{Signature(reader.GetString(method.Name), method.DecodeSignature(Names, null))}");
                }
            }

            foreach (var fieldHandle in type.GetFields())
            {
                var field = reader.GetFieldDefinition(fieldHandle);
                if ((field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family)
                {
                    rows.Add($"{name}::{field.DecodeSignature(Names, null)} {reader.GetString(field.Name)}");
                }
            }
        }

        return new OfferedSurface(reader.GetString(reader.GetAssemblyDefinition().Name), rows, baseTypes);
    }

    public static IReadOnlyList<Reference> References(string path, IReadOnlySet<string> targets)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var references = new List<Reference>();
        foreach (var handle in reader.TypeReferences)
        {
            if (targets.Contains(Scope(reader, handle)))
            {
                references.Add(new Reference(Scope(reader, handle), Names.GetTypeFromReference(reader, handle, 0), null));
            }
        }

        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (DeclaringType(reader, member.Parent) is not { } type || !targets.Contains(Scope(reader, type)))
            {
                continue;
            }

            var name = reader.GetString(member.Name);
            var signature = member.GetKind() == MemberReferenceKind.Method
                ? Signature(name, member.DecodeMethodSignature(Names, null))
                : $"{member.DecodeFieldSignature(Names, null)} {name}";
            references.Add(new Reference(Scope(reader, type), Names.GetTypeFromReference(reader, type, 0), signature));
        }

        return [.. references.Distinct()];
    }

    public static IReadOnlyList<AssemblyName> ReferencedAssemblies(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private static TypeReferenceHandle? DeclaringType(MetadataReader reader, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        // A member of a constructed type: ELEMENT_TYPE_GENERICINST, class or value type, then the generic type itself.
        var signature = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        signature.ReadCompressedInteger();
        var generic = signature.ReadTypeHandle();
        return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
    }

    private static string Scope(MetadataReader reader, TypeReferenceHandle handle)
    {
        var scope = reader.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            HandleKind.TypeReference => Scope(reader, (TypeReferenceHandle)scope),
            _ => "",
        };
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static string Signature(string name, MethodSignature<string> signature)
    {
        var kind = signature.Header.IsInstance ? "" : "static ";
        var arity = signature.GenericParameterCount == 0 ? "" : $"``{signature.GenericParameterCount}";
        return $"{kind}{signature.ReturnType} {name}{arity}({string.Join(", ", signature.ParameterTypes)})";
    }

    /// <summary>Writes types so that a reference and the definition that it means give the same text.</summary>
    private sealed class SignatureNames : ISignatureTypeProvider<string, object?>
    {
        public string NameOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
        {
            HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
            _ => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
        };

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeDefinition(handle);
            var name = reader.GetString(type.Name);
            return type.IsNested
                ? $"{GetTypeFromDefinition(reader, type.GetDeclaringType(), 0)}+{name}"
                : Qualified(reader.GetString(type.Namespace), name);
        }

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeReference(handle);
            var name = reader.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0)}+{name}"
                : Qualified(reader.GetString(type.Namespace), name);
        }

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

        public string GetByReferenceType(string elementType) => $"{elementType}&";

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) =>
            $"{unmodifiedType} {(isRequired ? "modreq" : "modopt")}({modifier})";

        public string GetFunctionPointerType(MethodSignature<string> signature) => Signature("*", signature);

        private static string Qualified(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}.{name}";
    }
}
