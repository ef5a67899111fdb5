package bridge

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
)

// Shape is what a program sees of a provider, by token.
type Shape struct {
	Provider  Properties            `json:"provider"`
	Resources map[string]Properties `json:"resources"`
	Functions map[string]Properties `json:"functions"`
}

// Properties of a resource, a function or an object, by Pulumi's names.
type Properties map[string]Property

// Property is one of them; an input unless it is computed and neither required nor optional.
type Property struct {
	Type     string     `json:"type"`
	Element  *Property  `json:"element,omitempty"`
	Fields   Properties `json:"fields,omitempty"`
	Required bool       `json:"required,omitempty"`
	Optional bool       `json:"optional,omitempty"`
	Computed bool       `json:"computed,omitempty"`
	Replaces bool       `json:"replaces,omitempty"`
	Secret   bool       `json:"secret,omitempty"`
}

// ShapeOf asks the bridge for the names, so that they are those that it serves.
func ShapeOf(info tfbridge.ProviderInfo) Shape {
	shape := Shape{
		Provider:  properties(info.P.Schema(), info.Config),
		Resources: map[string]Properties{},
		Functions: map[string]Properties{},
	}
	for name, resource := range info.Resources {
		schema := info.P.ResourcesMap().Get(name).Schema()
		shape.Resources[string(resource.Tok)] = properties(schema, resource.Fields)
	}
	for name, source := range info.DataSources {
		schema := info.P.DataSourcesMap().Get(name).Schema()
		shape.Functions[string(source.Tok)] = properties(schema, source.Fields)
	}
	return shape
}

func properties(schema shim.SchemaMap, fields map[string]*tfbridge.SchemaInfo) Properties {
	found := Properties{}
	schema.Range(func(name string, one shim.Schema) bool {
		found[tfbridge.TerraformToPulumiNameV2(name, schema, fields)] = property(one, fields[name])
		return true
	})
	return found
}

func property(schema shim.Schema, info *tfbridge.SchemaInfo) Property {
	made := typed(schema, info)
	made.Required = schema.Required()
	made.Optional = schema.Optional()
	made.Computed = schema.Computed()
	made.Replaces = schema.ForceNew()
	made.Secret = schema.Sensitive()
	return made
}

func typed(schema shim.Schema, info *tfbridge.SchemaInfo) Property {
	switch schema.Type() {
	case shim.TypeBool:
		return Property{Type: "boolean"}
	case shim.TypeInt:
		return Property{Type: "integer"}
	case shim.TypeFloat:
		return Property{Type: "number"}
	case shim.TypeMap:
		element := elementOf(schema, info)
		return Property{Type: "map", Element: &element}
	case shim.TypeList, shim.TypeSet:
		element := elementOf(schema, info)
		if tfbridge.IsMaxItemsOne(schema, info) {
			return element
		}
		return Property{Type: "list", Element: &element}
	default:
		return Property{Type: "string"}
	}
}

func elementOf(schema shim.Schema, info *tfbridge.SchemaInfo) Property {
	var fields map[string]*tfbridge.SchemaInfo
	var of *tfbridge.SchemaInfo
	if info != nil && info.Elem != nil {
		of, fields = info.Elem, info.Elem.Fields
	}
	switch element := schema.Elem().(type) {
	case shim.Schema:
		return typed(element, of)
	case shim.Resource:
		return Property{Type: "object", Fields: properties(element.Schema(), fields)}
	default:
		return Property{Type: "string"}
	}
}
