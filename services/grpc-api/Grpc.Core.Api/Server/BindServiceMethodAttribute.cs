namespace Grpc.Core;

/// <summary>Tells a server library which static method binds the service whose base class carries this attribute.</summary>
/// <param name="bindType">The type that declares the method.</param>
/// <param name="bindMethodName">The name of the method.</param>
[AttributeUsage(AttributeTargets.Class)]
public class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>The type that declares the method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>The name of the method.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
